using System.Globalization;

namespace Scoring.Bridge.DeadLetters;

/// <summary>A file of dead letters for each day, for an origin that is no store. Each line is durable when it is written.</summary>
internal sealed class DayFiles(string folder, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The clock that names the day.</summary>
    public TimeProvider Time => time;

    /// <summary>Adds a line.</summary>
    /// <exception cref="Messages.DeadLetterException">It cannot be written now.</exception>
    public async Task Add(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            PrivateFiles.Folder(folder);
            var name = time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".jsonl";
            await using var file = PrivateFiles.Open(Path.Combine(folder, name), FileMode.Append);
            await file.WriteAsync((byte[])[.. line.Span, (byte)'\n'], cancellationToken);
            file.Flush(flushToDisk: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new Messages.DeadLetterException($"The folder of dead letters takes nothing: {exception.GetType().Name}", exception);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();
}
