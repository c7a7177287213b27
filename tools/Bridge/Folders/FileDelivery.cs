using Scoring.Bridge.DeadLetters;
using Scoring.Bridge.Messages;

namespace Scoring.Bridge.Folders;

/// <summary>
/// A file on its way. Its refused events gather in <c>dead/</c> under names that end with <c>.part</c>; when the file is settled they get
/// their names, and the file itself is moved last. So a file that is read again after a crash replaces what it had written before.
/// </summary>
internal sealed class FileDelivery(string path, SourceFolder folder) : Delivery(path)
{
    private const string Part = ".part";
    private const string ReasonsEnding = ".reasons.jsonl";

    private readonly SemaphoreSlim _one = new(1);
    private readonly string _dead = Path.Combine(folder.Dead, Path.GetFileName(path));
    private FileStream? _events;
    private FileStream? _reasons;
    private bool _isLeft;

    /// <summary>Whether <c>dead/</c> gets the whole file, because a line of it is too long to be copied.</summary>
    public bool IsDeadAsAWhole { get; set; }

    /// <inheritdoc/>
    public override async Task Bury(CarriedEvent dead, IReadOnlyList<Reason> reasons, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_isLeft) return; // the file is read again, and buries it then
            _reasons ??= PrivateFiles.Open(_dead + ReasonsEnding + Part, FileMode.Create);
            await _reasons.WriteAsync((byte[])[.. LetterText.Line(dead.Number, reasons), (byte)'\n'], CancellationToken.None);
            if (dead.Bytes.IsEmpty) return;
            _events ??= PrivateFiles.Open(_dead + Part, FileMode.Create);
            await _events.WriteAsync((byte[])[.. dead.Bytes.Span, (byte)'\n'], CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DeadLetterException($"The folder dead/ takes nothing: {exception.GetType().Name}", exception);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Puts everything in its place after the file is settled.</summary>
    /// <param name="keepsDone">Whether the file is kept in <c>done/</c>.</param>
    public void Finish(bool keepsDone)
    {
        var name = Path.GetFileName(Key);
        var hasReasons = CloseDurably(ref _reasons);
        var hasEvents = CloseDurably(ref _events);
        if (hasReasons) folder.Move(_dead + ReasonsEnding + Part, folder.Dead, name + ReasonsEnding);
        if (IsDeadAsAWhole)
        {
            if (hasEvents) File.Delete(_dead + Part); // the whole file has them too
            folder.Move(Key, folder.Dead);
            return;
        }
        if (hasEvents) folder.Move(_dead + Part, folder.Dead, name);
        if (keepsDone) folder.Move(Key, folder.Done);
        else File.Delete(Key);
    }

    /// <summary>Deletes what an earlier reading of the file began to write, before the first event.</summary>
    public void Begin()
    {
        File.Delete(_dead + Part);
        File.Delete(_dead + ReasonsEnding + Part);
    }

    /// <summary>Ends without moving the file: it is read again.</summary>
    public async Task Leave()
    {
        await _one.WaitAsync();
        _isLeft = true;
        if (_reasons is not null) await _reasons.DisposeAsync();
        if (_events is not null) await _events.DisposeAsync();
        _one.Release();
    }

    private static bool CloseDurably(ref FileStream? file)
    {
        if (file is null) return false;
        file.Flush(flushToDisk: true);
        file.Dispose();
        file = null;
        return true;
    }
}
