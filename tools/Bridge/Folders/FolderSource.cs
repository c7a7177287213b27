using System.Text.Json;
using Microsoft.Extensions.Logging;
using Scoring.Bridge.Carriage;
using Scoring.Bridge.Messages;
using Scoring.Bridge.Settings;

namespace Scoring.Bridge.Folders;

/// <summary>
/// Carries the files of a folder in the order of their names: <c>.jsonl</c> and <c>.ndjson</c> hold an event a line, <c>.json</c> holds one
/// event or an array. A file is moved only when each of its events is with the platform or in <c>dead/</c>.
/// </summary>
internal sealed partial class FolderSource(BridgeSettings settings, SourceFolder folder, TimeProvider time, ILogger<FolderSource> log)
    : IEventSource
{
    private const int FilesUnderWayMax = 64;

    private readonly Dictionary<string, FileDelivery> _underWay = new(StringComparer.Ordinal);
    private long _lag;

    /// <inheritdoc/>
    public long Lag => Interlocked.Read(ref _lag);

    /// <inheritdoc/>
    public async Task Read(EventBuffer buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var waiting = folder.Waiting();
            Interlocked.Exchange(ref _lag, waiting.Count);
            foreach (var path in waiting)
            {
                FinishSettled();
                while (_underWay.Count >= FilesUnderWayMax)
                {
                    await Task.WhenAny(_underWay.Values.Select(file => file.Settled)).WaitAsync(cancellationToken);
                    FinishSettled();
                }
                if (!_underWay.ContainsKey(path)) await ReadFile(path, buffer, cancellationToken);
            }
            await Pause(cancellationToken);
            FinishSettled();
        }
    }

    /// <inheritdoc/>
    public async Task Finish(CancellationToken cancellationToken)
    {
        FinishSettled();
        foreach (var file in _underWay.Values) await file.Leave();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadFile(string path, EventBuffer buffer, CancellationToken cancellationToken)
    {
        var delivery = new FileDelivery(path, folder);
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            delivery.Begin();
            _underWay.Add(path, delivery);
            await buffer.Room(cancellationToken);
            if (Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase)) await ReadDocument(file, delivery, buffer);
            else
                await foreach (var line in LineReader.Read(file, settings.Batches.BytesMax, cancellationToken))
                {
                    await buffer.Room(cancellationToken);
                    AddLine(line, delivery, buffer);
                }
            delivery.Close();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What was read of it is sent, harmlessly. It is not settled, so it is read again.
            delivery.Abandon();
            await delivery.Leave();
            _underWay.Remove(path);
            LogUnreadable(exception.GetType().Name);
        }
    }

    private void AddLine(FileLine line, FileDelivery delivery, EventBuffer buffer)
    {
        if (line.IsTooLong)
        {
            delivery.IsDeadAsAWhole = true;
            buffer.Add(new CarriedEvent(default, delivery, line.Number, $"It is longer than {settings.Batches.BytesMax} bytes."));
            return;
        }
        var content = MessageReader.Read(line.Bytes);
        if (content.Fault is { } fault) buffer.Add(new CarriedEvent(line.Bytes, delivery, line.Number, fault));
        foreach (var one in content.Events) buffer.Add(EventChecks.Sized(one, delivery, line.Number, settings.Batches.BytesMax));
    }

    /// <summary>Reads a document, which is in memory as a whole.</summary>
    private async Task ReadDocument(FileStream file, FileDelivery delivery, EventBuffer buffer)
    {
        if (file.Length > settings.Buffer.BytesMax)
        {
            delivery.IsDeadAsAWhole = true;
            buffer.Add(new CarriedEvent(default, delivery, 1, $"It is longer than {settings.Buffer.BytesMax} bytes."));
            return;
        }
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        var content = MessageReader.Read(bytes);
        if (content.Fault is { } fault) buffer.Add(new CarriedEvent(bytes, delivery, 1, fault));
        var number = 1;
        foreach (var one in content.Events)
            buffer.Add(EventChecks.Sized(OnOneLine(one), delivery, number++, settings.Batches.BytesMax));
    }

    /// <summary>An event of a document may span lines; in <c>dead/</c> it is one line, so it is made one here.</summary>
    private static ReadOnlyMemory<byte> OnOneLine(ReadOnlyMemory<byte> json)
    {
        if (!json.Span.Contains((byte)'\n')) return json;
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.SerializeToUtf8Bytes(document.RootElement);
    }

    /// <summary>Waits for the next look, or until a file under way is settled.</summary>
    private async Task Pause(CancellationToken cancellationToken) =>
        await Task.WhenAny([
                Task.Delay(TimeSpan.FromSeconds(settings.Folder.PollSeconds), time, cancellationToken),
                .. _underWay.Values.Select(file => file.Settled).Where(settled => !settled.IsCompleted),
            ]).Unwrap();

    private void FinishSettled()
    {
        foreach (var (path, delivery) in _underWay.Where(one => one.Value.Settled.IsCompleted).ToArray())
        {
            try
            {
                delivery.Finish(settings.Folder.DoneDays > 0);
                _underWay.Remove(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                LogNotMoved(exception.GetType().Name); // tried again at the next look
            }
        }
    }

    [LoggerMessage(7201, LogLevel.Error, "A file of the folder cannot be read: {Kind}")]
    private partial void LogUnreadable(string kind);

    [LoggerMessage(7202, LogLevel.Error, "A file whose events are settled cannot be moved: {Kind}")]
    private partial void LogNotMoved(string kind);
}
