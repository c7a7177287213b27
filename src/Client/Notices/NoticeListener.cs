using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Scoring.Client;

/// <summary>Reads live notices over one connection after another, each behind the last id received.</summary>
internal sealed class NoticeListener(RequestSender sender, string path)
{
    private static readonly TimeSpan ReconnectDefault = TimeSpan.FromSeconds(2);

    private string? _place;
    private TimeSpan _reconnect = ReconnectDefault;

    /// <summary>Receives notices until the subject has withdrawn.</summary>
    public async IAsyncEnumerable<LiveNotice> Listen(string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _place = after;
        while (true)
        {
            await using (var notices = ReadOne(cancellationToken).GetAsyncEnumerator(cancellationToken))
            {
                while (await HasNext(notices))
                {
                    yield return notices.Current;
                    if (notices.Current.Kind == LiveNotice.Withdrawn) yield break;
                }
            }
            await Task.Delay(_reconnect, cancellationToken);
        }
    }

    // A connection that breaks ends the same way as one that the platform closes: the next one continues.
    private static async Task<bool> HasNext(IAsyncEnumerator<LiveNotice> notices)
    {
        try
        {
            return await notices.MoveNextAsync();
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Reads one connection to its end.</summary>
    private async IAsyncEnumerable<LiveNotice> ReadOne([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = RequestSender.Request(HttpMethod.Get, path);
        if (_place is not null) request.Headers.Add("Last-Event-ID", _place);
        using var answer = await sender.Open(request, "text/event-stream", cancellationToken);
        await using var body = new SilenceStream(
            await answer.Content.ReadAsStreamAsync(cancellationToken), sender.Options.NoticeSilenceMax);
        var parser = SseParser.Create(body);
        await using var items = parser.EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await HasItem(items, parser))
        {
            var item = items.Current;
            var notice = item.EventType is LiveNotice.Restarted or LiveNotice.Withdrawn
                ? null
                : JsonSerializer.Deserialize<Notice>(item.Data, ScoringJson.Options);
            yield return new LiveNotice(item.EventType, item.EventId, notice);
        }
    }

    // The place is remembered also without a notice: the first lines of a stream give the place of now.
    private async Task<bool> HasItem(IAsyncEnumerator<SseItem<string>> items, SseParser<string> parser)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        finally
        {
            if (parser.LastEventId is { Length: > 0 } place) _place = place;
            if (parser.ReconnectionInterval is var wait && wait > TimeSpan.Zero) _reconnect = wait;
        }
    }
}
