namespace Scoring.Archives;

/// <summary>Reads the pages of an archive's file one after another.</summary>
internal static class ArchivePages
{
    /// <summary>Reads pages until one names no next page.</summary>
    /// <exception cref="ExportAbortedException">A page does not exist, because the subject has withdrawn.</exception>
    /// <exception cref="InvalidOperationException">A page names a next page that is not after it.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<T>> Of<TPage, T>(
        Func<long, Task<TPage?>> read, Func<TPage, (IReadOnlyList<T> Rows, long? After)> split) where TPage : class
    {
        for (long? after = 0; after is { } from;)
        {
            var (rows, next) = split(Require(await read(from)));
            yield return rows;
            // Without this check a wrong page would make the archive endless.
            after = next is null || next > from ? next : throw new InvalidOperationException("The next page is not after this one.");
        }
    }

    /// <summary>The value.</summary>
    /// <exception cref="ExportAbortedException">There is no value, because the subject has withdrawn.</exception>
    public static T Require<T>(T? value) where T : class => value ?? throw new ExportAbortedException();

    /// <summary>The value.</summary>
    /// <exception cref="ExportAbortedException">There is no value, because the subject has withdrawn.</exception>
    public static T Require<T>(T? value) where T : struct => value ?? throw new ExportAbortedException();
}

/// <summary>An archive cannot be finished, because the subject has withdrawn or its rules have changed since it was begun.</summary>
internal sealed class ExportAbortedException() : Exception("The archive was aborted.");
