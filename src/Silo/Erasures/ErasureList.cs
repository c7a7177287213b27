using Microsoft.Extensions.Options;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Erasures;

/// <summary>
/// The erasure list outside the database, from which a restored copy of the database is erased again. The line of a withdrawal is on disk
/// before the withdrawal is answered.
/// </summary>
public sealed class ErasureList : IDisposable
{
    private readonly ErasureFolder? _folder;
    private readonly PlatformKeys _keys;
    private readonly TimeProvider _time;
    private readonly int _keepDays;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _oneWriter = new(1);
    private (FileStream File, DateOnly Begun)? _own;

    /// <summary>Opens no file before the first line.</summary>
    public ErasureList(IOptions<ErasureOptions> options, PlatformKeys keys, TimeProvider time, ILogger<ErasureList> log)
    {
        _folder = options.Value.Folder is { Length: > 0 } path ? new ErasureFolder(path) : null;
        _keepDays = options.Value.KeepDays;
        _keys = keys;
        _time = time;
        _log = log;
    }

    /// <summary>Whether a folder is configured. Without one nothing is listed.</summary>
    internal bool IsKept => _folder is not null;

    private DateOnly Today => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    /// <summary>Appends subjects to the list. Their lines are on disk when it returns. A subject may be listed twice.</summary>
    /// <exception cref="LedgerUnavailableException">The lines could not be written.</exception>
    internal async Task Note(IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken)
    {
        if (_folder is null || subjects.Count == 0) return;
        await _oneWriter.WaitAsync(cancellationToken);
        try
        {
            Write([.. subjects.SelectMany(subject => ErasureLine.Write(Today, _keys.ErasureHash(subject)))]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The last line may be torn, and no line may ever follow a torn one, so the file is closed.
            Close();
            _log.NotListed(exception.GetType().Name);
            throw new LedgerUnavailableException();
        }
        finally
        {
            _oneWriter.Release();
        }
    }

    /// <summary>Reads the list of all silos; returns its length and a predicate that tells whether a subject is on it.</summary>
    /// <exception cref="ErasureListException">The list cannot be read completely, or cannot be written.</exception>
    internal (int Count, Func<SubjectId, bool> Has) Read()
    {
        if (_folder is null) return (0, _ => false);
        _folder.RequireWritable();
        var listed = _folder.Read();
        return (listed.Count, subject => listed.Contains(UInt256.Of(_keys.ErasureHash(subject))));
    }

    /// <summary>Deletes files that are older than the retention of the list. A failure is logged, and the next sweep tries again.</summary>
    internal void DropOld()
    {
        try
        {
            // Never a file that is young enough to be written to, whatever the options say.
            var days = Math.Max(_keepDays, ErasureOptions.FileDays + 1);
            if (_folder?.Drop(Today.AddDays(-days)) is > 0 and var dropped) _log.Dropped(dropped);
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
        _oneWriter.Dispose();
    }

    private void Write(byte[] lines)
    {
        if (_own is { } old && old.Begun.AddDays(ErasureOptions.FileDays) <= Today) Close();
        if (_own is not null)
        {
            if (Append(lines)) return;
            // Looked at after the write, so that a file that vanishes meanwhile is found too.
            Close();
            _log.FileGone();
        }
        _own = (_folder!.New(), Today);
        if (!Append(lines)) throw new IOException("The new file of the erasure list is gone.");
        _folder.Flush();
    }

    /// <summary>Appends lines to this silo's file; returns whether they are on disk in the file of that name.</summary>
    private bool Append(byte[] lines)
    {
        var file = _own!.Value.File;
        file.Write(lines);
        file.Flush(flushToDisk: true);
        return ErasureFolder.Holds(file);
    }

    private void Close()
    {
        var file = _own?.File;
        _own = null;
        file?.Dispose();
    }
}
