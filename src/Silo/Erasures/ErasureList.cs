using Microsoft.Extensions.Options;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Erasures;

/// <summary>
/// The list of erasures outside the database, from which a restored copy of it is erased again. A line stands on disk before the
/// withdrawal that it stands for is answered.
/// </summary>
public sealed class ErasureList : IDisposable
{
    /// <summary>After so many days a new file is begun, so that old ones can go.</summary>
    private const int FileDays = 30;

    private readonly ErasureFolder? folder;
    private readonly PlatformKeys keys;
    private readonly TimeProvider time;
    private readonly int keepDays;
    private readonly ILogger log;
    private readonly SemaphoreSlim one = new(1);
    private (FileStream File, DateOnly Begun)? own;

    /// <summary>Opens nothing yet.</summary>
    public ErasureList(IOptions<ErasureOptions> options, PlatformKeys keys, TimeProvider time, ILogger<ErasureList> log)
    {
        folder = options.Value.Folder is { Length: > 0 } path ? new ErasureFolder(path) : null;
        keepDays = options.Value.KeepDays;
        (this.keys, this.time, this.log) = (keys, time, log);
    }

    /// <summary>Whether anything is listed at all.</summary>
    internal bool IsKept => folder is not null;

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>Lists subjects; they are on disk when it returns. Listing one twice does no harm.</summary>
    /// <exception cref="LedgerUnavailableException">They are not.</exception>
    internal async Task Note(IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken)
    {
        if (folder is null || subjects.Count == 0) return;
        await one.WaitAsync(cancellationToken);
        try
        {
            Write([.. subjects.SelectMany(subject => ErasureLine.Write(Today, keys.ErasureHash(subject)))]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What was written of it may be torn: nothing may ever stand behind it.
            Close();
            log.NotListed(exception.GetType().Name);
            throw new LedgerUnavailableException();
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Reads the list of all silos; the answer tells whether a subject is on it.</summary>
    /// <exception cref="ErasureListException">It cannot be read whole, or could not be written.</exception>
    internal (int Count, Func<SubjectId, bool> Has) Read()
    {
        if (folder is null) return (0, _ => false);
        folder.RequireWritable();
        var listed = folder.Read();
        return (listed.Count, subject => listed.Contains(UInt256.Of(keys.ErasureHash(subject))));
    }

    /// <summary>Drops what is older than it is kept.</summary>
    internal void DropOld()
    {
        try
        {
            if (folder?.Drop(Today.AddDays(-keepDays)) is > 0 and var dropped) log.Dropped(dropped);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ErasureListException)
        {
            log.NotDropped(exception.GetType().Name);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        one.Dispose();
    }

    private void Write(byte[] lines)
    {
        if (own is { } old && old.Begun.AddDays(FileDays) <= Today) Close();
        var isNew = own is null;
        own ??= (folder!.New(), Today);
        own.Value.File.Write(lines);
        own.Value.File.Flush(flushToDisk: true);
        if (isNew) folder!.Flush();
    }

    private void Close()
    {
        var file = own?.File;
        own = null;
        file?.Dispose();
    }
}
