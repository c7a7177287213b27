using System.Net.Sockets;
using System.Text;

namespace Scoring.Limits;

/// <summary>A request byte by byte, for what no well-behaved client sends.</summary>
internal sealed class RawRequest : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly TcpClient client = new();

    public static async Task<RawRequest> Open(Uri address)
    {
        var request = new RawRequest();
        await request.client.ConnectAsync(address.Host, address.Port);
        return request;
    }

    public async Task Send(string text) => await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Everything that comes until the other side closes.</summary>
    public async Task<string> ReadToEnd()
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync().WaitAsync(Bound);
    }

    public void Dispose() => client.Dispose();
}
