using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Scoring.Scores;

/// <summary>An HTTP answer byte for byte, as it is on the wire.</summary>
internal sealed partial record RawAnswer(string Head, string Body)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static async Task<RawAnswer> Post(Uri address, string path, string token, string type, string body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = $"""
            POST {path} HTTP/1.1
            Host: {address.Authority}
            Authorization: Bearer {token}
            Content-Type: {type}
            Content-Length: {bytes.Length.ToString(CultureInfo.InvariantCulture)}
            Connection: close


            """.ReplaceLineEndings("\r\n");
        await client.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(request), .. bytes]);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        var all = await reader.ReadToEndAsync().WaitAsync(Bound);
        var end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return new RawAnswer(all[..end], all[(end + 4)..]);
    }

    /// <summary>
    /// Returns the answer without the parts that may differ: the date, the random reference of 22 characters, the end of the window, and
    /// the programme, which the service knows. A given Content-Length must be the length of the body.
    /// </summary>
    public string Shape()
    {
        if (Length().Match(Head) is { Success: true } length)
            int.Parse(length.Groups[1].Value, CultureInfo.InvariantCulture).ShouldBe(Body.Length);
        var head = Length().Replace(Date().Replace(Head, "Date: *"), "Content-Length: *");
        var body = Window().Replace(Reference().Replace(Body, "\"reference\":\"*\""), "\"validUntil\":\"*\"");
        body = Chunk().Replace(Programme().Replace(body, "\"programme\":\"*\""), "*\r\n");
        return head + "\r\n\r\n" + body;
    }

    [GeneratedRegex("Content-Length: ([0-9]+)")]
    private static partial Regex Length();

    [GeneratedRegex("^[0-9a-f]+\r\n")]
    private static partial Regex Chunk();

    [GeneratedRegex("Date: [A-Za-z0-9, :]+")]
    private static partial Regex Date();

    [GeneratedRegex("\"reference\":\"[A-Za-z0-9_-]{22}\"")]
    private static partial Regex Reference();

    [GeneratedRegex("\"validUntil\":\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?Z\"")]
    private static partial Regex Window();

    [GeneratedRegex("\"programme\":\"[a-z-]+\"")]
    private static partial Regex Programme();
}
