using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Scoring.Archives;
using Scoring.Enrolments;
using Scoring.Exports;
using Scoring.Scores;

namespace Scoring.Audit;

/// <summary>What histories are answered with.</summary>
internal sealed record HistoryDependencies(
    IGrainFactory Grains, ExportLimiter Turns, ArchiveFormat Form, ILogger<HistoryArchiveResult> Log);

/// <summary>A page of a history as JSON or CSV.</summary>
internal static class HistoryResult
{
    /// <summary>The page; <see langword="null"/> when the subject has left meanwhile.</summary>
    public static async Task<IResult?> Of(
        AuditAccess look, HistoryRequest wish, bool asTable, HistoryDependencies parts, CancellationToken cancellationToken)
    {
        var grain = parts.Grains.GetGrain<IAuditGrain>(0);
        var page = await grain.Page(look, wish.After ?? 0, wish.Count ?? AuditRoutes.CountMax).WaitAsync(cancellationToken);
        if (page is null) return null;
        if (asTable) return TypedResults.Text(Table(page), "text/csv", Encoding.UTF8);
        // The score is the same for every page: told with the first.
        var value = wish.After is > 0 ? null : await grain.Value(look).WaitAsync(cancellationToken);
        if (wish.After is not > 0 && value is null) return null;
        return TypedResults.Ok(new HistoryResponse(
            look.Case, look.Mark.Day, look.Mark.LastTurn, [.. page.Entries.Select(Entry)], page.After, value?.Explanation, value?.Days));
    }

    private static AuditedEntryResponse Entry(AuditedEntry audited) => new(
        audited.Entry.Turn, ArchiveFormat.Word(audited.Entry.Kind), audited.Entry.Day, Encoding.UTF8.GetString(audited.Entry.Body),
        audited.Contribution);

    private static string Table(AuditPage page)
    {
        var text = new StringBuilder("turn,kind,day,type,standing,rules,contestedBy,correctedBy,body\r\n");
        foreach (var (entry, given) in page.Entries)
        {
            string?[] fields =
            [
                Number(entry.Turn), ArchiveFormat.Word(entry.Kind), entry.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                given?.Type,
                given?.Standing, given is null ? null : Rules(given), Number(given?.ContestedBy), Number(given?.CorrectedBy),
                Encoding.UTF8.GetString(entry.Body),
            ];
            text.AppendJoin(',', fields.Select(field => Csv.Field(field ?? ""))).Append("\r\n");
        }
        return text.ToString();
    }

    /// <summary>Rules and points as one field: <c>calm 4; fast -8</c>.</summary>
    public static string Rules(Contribution given) => string.Join(
        "; ", given.Rules.Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Rule} {rule.Points}")));

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A page of a history.</summary>
/// <param name="Case">The case.</param>
/// <param name="Day">The day that the score is of.</param>
/// <param name="LastTurn">The last turn that it reaches.</param>
/// <param name="Entries">In ascending turns.</param>
/// <param name="After">Ask for turns after this to go on; <see langword="null"/> at the end.</param>
/// <param name="Explanation">The score explained; with the first page only.</param>
/// <param name="Days">The score after each day; with the first page only.</param>
internal sealed record HistoryResponse(
    AuditCase Case, DateOnly Day, long LastTurn, ImmutableArray<AuditedEntryResponse> Entries, long? After, Explanation? Explanation,
    ImmutableArray<DayScore>? Days);

/// <summary>An entry of a history.</summary>
/// <param name="Turn">Its turn.</param>
/// <param name="Kind">What it records.</param>
/// <param name="Day">Its day.</param>
/// <param name="Body">Its body, the very text that is hashed.</param>
/// <param name="Contribution">What it contributes; <see langword="null"/> for what is no event.</param>
internal sealed record AuditedEntryResponse(long Turn, string Kind, DateOnly Day, string Body, Contribution? Contribution);
