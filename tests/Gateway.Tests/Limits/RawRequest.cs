using System.Net.Sockets;
using System.Text;

namespace Scoring.Limits;

/// <summary>Sends a request byte by byte, for tests of input that no correct client sends.</summary>
internal sealed class RawRequest : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client = new();

    public static async Task<RawRequest> Open(Uri address)
    {
        var request = new RawRequest();
        await request._client.ConnectAsync(address.Host, address.Port);
        return request;
    }

    public async Task Send(string text) => await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Reads one line of the answer, without its end.</summary>
    public async Task<string> ReadLine()
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (line is not [.., (byte)'\r', (byte)'\n'])
        {
            await _client.GetStream().ReadExactlyAsync(one).AsTask().WaitAsync(Bound);
            line.Add(one[0]);
        }
        return Encoding.Latin1.GetString([.. line[..^2]]);
    }

    /// <summary>Reads until the server closes the connection.</summary>
    public async Task<string> ReadToEnd()
    {
        using var reader = new StreamReader(_client.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync().WaitAsync(Bound);
    }

    public void Dispose() => _client.Dispose();
}
