using System.Globalization;
using System.Text;
using System.Text.Json;
using Scoring.Archives;
using Scoring.Exports;

namespace Scoring.Audit;

/// <summary>Writes the files of an auditor's archive in order, page by page. The last file completes it.</summary>
internal sealed class HistoryArchive(AuditAccess access, HistoryDependencies dependencies)
{
    private const int PageEntries = 500;

    private readonly IAuditGrain _audit = dependencies.Grains.GetGrain<IAuditGrain>(0);

    /// <summary>Writes the archive.</summary>
    /// <exception cref="ExportAbortedException">The subject has withdrawn since the archive was begun.</exception>
    public async Task Write(Stream body, CancellationToken cancellationToken)
    {
        var archive = await ArchiveWriter.Begin(body, access.Mark.At, cancellationToken);
        await archive.File("README.txt", Encoding.UTF8.GetBytes(HistoryReadMe.Text));
        await archive.File("case.json", Json(access.Case));
        var value = ArchivePages.Require(await _audit.Value(access).WaitAsync(cancellationToken));
        await archive.File("explanation.json", Json(value.Explanation));
        await archive.File("days.json", file => WriteDays(file, value));
        await archive.File("days.csv", file => WriteDayTable(file, value));
        var entries = new EntryFiles(ArchivePages.Of(
            after => _audit.Entries(access, after).WaitAsync(cancellationToken), page => (page.Entries, page.After)));
        await archive.File("entries.json", entries.WriteJson);
        await archive.File("entries.csv", entries.WriteCsv);
        await archive.File("contributions.json", WriteContributions);
        await archive.File("contributions.csv", WriteContributionTable);
        await archive.File("contests.json", file => EntryFiles.WriteHistory(file, ArchivePages.Of(
            after => _audit.Contests(access, after).WaitAsync(cancellationToken), page => (page.Entries, page.After))));
        await new PublishedFiles(access.Case.Programme, dependencies.Grains, dependencies.Format).Write(archive, cancellationToken);
        await new ProofFiles(dependencies.Grains).Write(
            archive,
            checkpoint => ArchivePages.Of(
                after => _audit.Proofs(access, checkpoint.Number, after).WaitAsync(cancellationToken), page => (page.Proofs, page.After)),
            cancellationToken);
        var seal = ArchivePages.Require(await _audit.Seal(access, archive.Files).WaitAsync(cancellationToken));
        await archive.File("manifest.json", seal.Manifest);
        await archive.File("manifest.jws", Encoding.ASCII.GetBytes(seal.Signature));
        await archive.Finish();
    }

    private static Task WriteDays(ArchiveFile file, AuditValue value)
    {
        using var rows = new JsonRows(file);
        foreach (var (day, score, tier) in value.Days)
        {
            rows.AddObject(json =>
            {
                json.WriteString("day", Text(day));
                json.WriteNumber("score", score);
                json.WriteString("tier", tier);
            });
        }
        rows.End();
        return Task.CompletedTask;
    }

    private static Task WriteDayTable(ArchiveFile file, AuditValue value)
    {
        Csv.Row(file, "day", "score", "tier");
        foreach (var (day, score, tier) in value.Days) Csv.Row(file, Text(day), score.ToString(CultureInfo.InvariantCulture), tier);
        return Task.CompletedTask;
    }

    private async Task WriteContributions(ArchiveFile file)
    {
        using var rows = new JsonRows(file);
        await foreach (var page in Pages())
        {
            foreach (var (entry, contribution) in page)
            {
                if (contribution is null) continue;
                rows.AddObject(json =>
                {
                    json.WriteNumber("turn", entry.Turn);
                    json.WriteString("day", Text(entry.Day));
                    json.WriteString("type", contribution.Type);
                    json.WriteString("standing", contribution.Standing);
                    json.WriteStartArray("rules");
                    foreach (var (rule, points) in contribution.Rules)
                    {
                        json.WriteStartObject();
                        json.WriteString("rule", rule);
                        json.WriteNumber("points", points);
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                    WriteNumber(json, "contestedBy", contribution.ContestedBy);
                    WriteNumber(json, "correctedBy", contribution.CorrectedBy);
                });
            }
            await file.Flush();
        }
        rows.End();
    }

    private async Task WriteContributionTable(ArchiveFile file)
    {
        Csv.Row(file, "turn", "day", "type", "standing", "rules", "contestedBy", "correctedBy");
        await foreach (var page in Pages())
        {
            foreach (var (entry, contribution) in page)
            {
                if (contribution is null) continue;
                Csv.Row(
                    file, entry.Turn.ToString(CultureInfo.InvariantCulture), Text(entry.Day), contribution.Type, contribution.Standing,
                    HistoryResult.Rules(contribution), contribution.ContestedBy?.ToString(CultureInfo.InvariantCulture),
                    contribution.CorrectedBy?.ToString(CultureInfo.InvariantCulture));
            }
            await file.Flush();
        }
    }

    private IAsyncEnumerable<IReadOnlyList<AuditedEntry>> Pages() =>
        ArchivePages.Of(after => _audit.Page(access, after, PageEntries), page => (page.Entries, page.After));

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    private byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, dependencies.Format.Json);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
