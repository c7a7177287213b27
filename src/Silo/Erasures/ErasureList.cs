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

    private readonly ErasureFolder? _folder;
    private readonly PlatformKeys _keys;
    private readonly TimeProvider _time;
    private readonly int _keepDays;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _one = new(1);
    private (FileStream File, DateOnly Begun)? _own;

    /// <summary>Opens nothing yet.</summary>
    public ErasureList(IOptions<ErasureOptions> options, PlatformKeys keys, TimeProvider time, ILogger<ErasureList> log)
    {
        _folder = options.Value.Folder is { Length: > 0 } path ? new ErasureFolder(path) : null;
        _keepDays = options.Value.KeepDays;
        (_keys, _time, _log) = (keys, time, log);
    }

    /// <summary>Whether anything is listed at all.</summary>
    internal bool IsKept => _folder is not null;

    private DateOnly Today => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    /// <summary>Lists subjects; they are on disk when it returns. Listing one twice does no harm.</summary>
    /// <exception cref="LedgerUnavailableException">They are not.</exception>
    internal async Task Note(IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken)
    {
        if (_folder is null || subjects.Count == 0) return;
        await _one.WaitAsync(cancellationToken);
        try
        {
            Write([.. subjects.SelectMany(subject => ErasureLine.Write(Today, _keys.ErasureHash(subject)))]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What was written of it may be torn: nothing may ever stand behind it.
            Close();
            _log.NotListed(exception.GetType().Name);
            throw new LedgerUnavailableException();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Reads the list of all silos; the answer tells whether a subject is on it.</summary>
    /// <exception cref="ErasureListException">It cannot be read whole, or could not be written.</exception>
    internal (int Count, Func<SubjectId, bool> Has) Read()
    {
        if (_folder is null) return (0, _ => false);
        _folder.RequireWritable();
        var listed = _folder.Read();
        return (listed.Count, subject => listed.Contains(UInt256.Of(_keys.ErasureHash(subject))));
    }

    /// <summary>Drops what is older than it is kept.</summary>
    internal void DropOld()
    {
        try
        {
            if (_folder?.Drop(Today.AddDays(-_keepDays)) is > 0 and var dropped) _log.Dropped(dropped);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ErasureListException)
        {
            _log.NotDropped(exception.GetType().Name);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        _one.Dispose();
    }

    private void Write(byte[] lines)
    {
        if (_own is { } old && old.Begun.AddDays(FileDays) <= Today) Close();
        var isNew = _own is null;
        _own ??= (_folder!.New(), Today);
        _own.Value.File.Write(lines);
        _own.Value.File.Flush(flushToDisk: true);
        if (isNew) _folder!.Flush();
    }

    private void Close()
    {
        var file = _own?.File;
        _own = null;
        file?.Dispose();
    }
}
