using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;

namespace Scoring.AllowLists;

/// <summary>
/// The log records that leave a process, and what of them. A record of the platform leaves with its number, its fixed text, in which the
/// values are not filled in, and the listed values. A record of a listed library leaves with its number alone: its text may hold anything.
/// Of an exception only the type leaves. Scopes never leave.
/// </summary>
internal static partial class LogAllowList
{
    private const string Own = "Scoring";
    private const string Template = "{OriginalFormat}";

    /// <summary>The platform's events have lower numbers. Orleans logs with higher ones under the names of our grain services.</summary>
    private const int NumbersEnd = 10_000;

    /// <summary>The libraries whose records leave, by the beginnings of their categories.</summary>
    private static readonly string[] Libraries =
        ["Microsoft.AspNetCore", "Microsoft.Extensions.Hosting", "Microsoft.Hosting", "Microsoft.Orleans", "Npgsql", "Orleans"];

    /// <summary>
    /// The values of the platform's records that leave. Left out are paths of files, addresses, and what other programs say in words of
    /// their own (<c>Folder</c>, <c>Endpoint</c>, <c>Reason</c>, <c>Why</c>, <c>Problem</c>).
    /// </summary>
    private static readonly FrozenSet<string> Values = FrozenSet.Create(
        "Attempt", "Carried", "Constraint", "Count", "Exception", "Fault", "From", "Kind", "Listed", "Major", "Migration", "NotAfter",
        "Number", "Partition", "Place", "ProcessId", "Programme", "Refused", "Seconds", "Signal", "Source", "SqlState", "Step");

    /// <summary>Whether the records of a category leave.</summary>
    public static bool Has(string? category) => IsOf(category, Own) || Libraries.Any(library => IsOf(category, library));

    /// <summary>Takes off a record what is not listed.</summary>
    public static void Apply(LogRecord record)
    {
        var kept = new List<KeyValuePair<string, object?>>();
        // The text of a numbered event of the platform is a constant of the code; another text could have been put together.
        if (IsOf(record.CategoryName, Own) && record.EventId.Id is > 0 and < NumbersEnd) kept.AddRange(Kept(record.Attributes ?? []));
        if (record.Exception is { } exception) kept.Add(new("exception.type", exception.GetType().FullName));
        kept.Add(new("event.id", record.EventId.Id));
        record.Attributes = kept;
        record.FormattedMessage = null;
        record.Body = null;
        record.Exception = null;
        if (record.EventId.Name is { } name && !EventName().IsMatch(name)) record.EventId = new EventId(record.EventId.Id);
    }

    private static IEnumerable<KeyValuePair<string, object?>> Kept(IReadOnlyList<KeyValuePair<string, object?>> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            if (name == Template) yield return new(name, value as string);
            else if (Values.Contains(name) && PlainValue.Of(value) is { } plain) yield return new(name, plain);
        }
    }

    private static bool IsOf(string? category, string start) =>
        category is not null && category.StartsWith(start, StringComparison.Ordinal)
        && (category.Length == start.Length || category[start.Length] == '.');

    /// <summary>A name as the code gives it.</summary>
    [GeneratedRegex(@"^[A-Za-z]\w{0,63}\z")]
    private static partial Regex EventName();
}
