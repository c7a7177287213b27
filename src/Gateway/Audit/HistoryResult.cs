using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Scoring.Archives;
using Scoring.Enrolments;
using Scoring.Exports;
using Scoring.Scores;

namespace Scoring.Audit;

/// <summary>Answers with a page of a history as JSON or CSV.</summary>
internal static class HistoryResult
{
    /// <summary>The page; <see langword="null"/> when the subject has withdrawn since the access.</summary>
    public static async Task<IResult?> Of(
        AuditAccess access, HistoryRequest request, bool asTable, HistoryDependencies dependencies, CancellationToken cancellationToken)
    {
        var grain = dependencies.Grains.GetGrain<IAuditGrain>(0);
        var page = await grain.Page(access, request.After ?? 0, request.Count ?? AuditRoutes.CountMax).WaitAsync(cancellationToken);
        if (page is null) return null;
        if (asTable) return TypedResults.Text(Table(page), "text/csv", Encoding.UTF8);
        // The score is the same for every page, so only the first page has it.
        var value = request.After is > 0 ? null : await grain.Value(access).WaitAsync(cancellationToken);
        if (request.After is not > 0 && value is null) return null;
        return TypedResults.Ok(new HistoryResponse(
            access.Case, access.Mark.Day, access.Mark.LastTurn, [.. page.Entries.Select(Entry)], page.After, value?.Explanation,
            value?.Days));
    }

    private static AuditedEntryResponse Entry(AuditedEntry audited) => new(
        audited.Entry.Turn, ArchiveFormat.Word(audited.Entry.Kind), audited.Entry.Day, Encoding.UTF8.GetString(audited.Entry.Body),
        audited.Contribution);

    private static string Table(AuditPage page)
    {
        var text = new StringBuilder("turn,kind,day,type,standing,rules,contestedBy,correctedBy,body\r\n");
        foreach (var (entry, contribution) in page.Entries)
        {
            string?[] fields =
            [
                Number(entry.Turn), ArchiveFormat.Word(entry.Kind), entry.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                contribution?.Type, contribution?.Standing, contribution is null ? null : Rules(contribution),
                Number(contribution?.ContestedBy), Number(contribution?.CorrectedBy),
                Encoding.UTF8.GetString(entry.Body),
            ];
            text.AppendJoin(',', fields.Select(field => Csv.Field(field ?? ""))).Append("\r\n");
        }
        return text.ToString();
    }

    /// <summary>Rules and points as one CSV field: <c>calm 4; fast -8</c>.</summary>
    public static string Rules(Contribution contribution) => string.Join(
        "; ", contribution.Rules.Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Rule} {rule.Points}")));

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
