namespace Scoring.Archives;

/// <summary>Pages of an archive, asked for one after the other.</summary>
internal static class ArchivePages
{
    /// <summary>Goes on until a page leads nowhere.</summary>
    /// <exception cref="ExportAbortedException">There is no page: the subject has left.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<T>> Of<TPage, T>(
        Func<long, Task<TPage?>> read, Func<TPage, (IReadOnlyList<T> Rows, long? After)> split) where TPage : class
    {
        for (long? after = 0; after is { } from;)
        {
            var (rows, next) = split(Here(await read(from)));
            yield return rows;
            // A page must lead on, or an archive would never end.
            after = next is null || next > from ? next : throw new InvalidOperationException("A page leads nowhere.");
        }
    }

    /// <summary>What must be there.</summary>
    public static T Here<T>(T? found) where T : class => found ?? throw new ExportAbortedException();

    /// <summary>What must be there.</summary>
    public static T Here<T>(T? found) where T : struct => found ?? throw new ExportAbortedException();
}

/// <summary>An archive cannot be finished: the subject has left, or its rules have changed, since it was begun.</summary>
internal sealed class ExportAbortedException() : Exception("The archive was broken off.");
