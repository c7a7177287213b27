using System.Globalization;
using System.Text;
using System.Text.Json;
using Scoring.Archives;
using Scoring.Exports;

namespace Scoring.Audit;

/// <summary>The files of an auditor's archive, in their order; page after page from the platform. The last one makes it complete.</summary>
internal sealed class HistoryArchive(AuditAccess look, HistoryDependencies parts)
{
    private const int PageEntries = 500;

    private readonly IAuditGrain _audit = parts.Grains.GetGrain<IAuditGrain>(0);

    /// <summary>Writes it.</summary>
    /// <exception cref="ExportAbortedException">The subject has left meanwhile.</exception>
    public async Task Write(Stream body, CancellationToken cancellationToken)
    {
        var archive = await ArchiveWriter.Begin(body, look.Mark.At, cancellationToken);
        await archive.File("README.txt", Encoding.UTF8.GetBytes(HistoryReadMe.Text));
        await archive.File("case.json", Json(look.Case));
        var value = ArchivePages.Here(await _audit.Value(look).WaitAsync(cancellationToken));
        await archive.File("explanation.json", Json(value.Explanation));
        await archive.File("days.json", file => Days(file, value));
        await archive.File("days.csv", file => DayTable(file, value));
        var entries = new EntryFiles(ArchivePages.Of(
            after => _audit.Entries(look, after).WaitAsync(cancellationToken), page => (page.Entries, page.After)));
        await archive.File("entries.json", entries.Json);
        await archive.File("entries.csv", entries.Csv);
        await archive.File("contributions.json", Contributions);
        await archive.File("contributions.csv", ContributionTable);
        await archive.File("contests.json", file => EntryFiles.History(file, ArchivePages.Of(
            after => _audit.Contests(look, after).WaitAsync(cancellationToken), page => (page.Entries, page.After))));
        await new PublishedFiles(look.Case.Programme, parts.Grains, parts.Form).Write(archive, cancellationToken);
        await new ProofFiles(parts.Grains).Write(
            archive,
            checkpoint => ArchivePages.Of(
                after => _audit.Proofs(look, checkpoint.Number, after).WaitAsync(cancellationToken), page => (page.Proofs, page.After)),
            cancellationToken);
        var seal = ArchivePages.Here(await _audit.Seal(look, archive.Files).WaitAsync(cancellationToken));
        await archive.File("manifest.json", seal.Manifest);
        await archive.File("manifest.jws", Encoding.ASCII.GetBytes(seal.Signature));
        await archive.Finish();
    }

    private static Task Days(ArchiveFile file, AuditValue value)
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

    private static Task DayTable(ArchiveFile file, AuditValue value)
    {
        Csv.Row(file, "day", "score", "tier");
        foreach (var (day, score, tier) in value.Days) Csv.Row(file, Text(day), score.ToString(CultureInfo.InvariantCulture), tier);
        return Task.CompletedTask;
    }

    private async Task Contributions(ArchiveFile file)
    {
        using var rows = new JsonRows(file);
        await foreach (var page in Pages())
        {
            foreach (var (entry, given) in page)
            {
                if (given is null) continue;
                rows.AddObject(json =>
                {
                    json.WriteNumber("turn", entry.Turn);
                    json.WriteString("day", Text(entry.Day));
                    json.WriteString("type", given.Type);
                    json.WriteString("standing", given.Standing);
                    json.WriteStartArray("rules");
                    foreach (var (rule, points) in given.Rules)
                    {
                        json.WriteStartObject();
                        json.WriteString("rule", rule);
                        json.WriteNumber("points", points);
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                    Number(json, "contestedBy", given.ContestedBy);
                    Number(json, "correctedBy", given.CorrectedBy);
                });
            }
            await file.Flush();
        }
        rows.End();
    }

    private async Task ContributionTable(ArchiveFile file)
    {
        Csv.Row(file, "turn", "day", "type", "standing", "rules", "contestedBy", "correctedBy");
        await foreach (var page in Pages())
        {
            foreach (var (entry, given) in page)
            {
                if (given is null) continue;
                Csv.Row(
                    file, entry.Turn.ToString(CultureInfo.InvariantCulture), Text(entry.Day), given.Type, given.Standing,
                    HistoryResult.Rules(given), given.ContestedBy?.ToString(CultureInfo.InvariantCulture),
                    given.CorrectedBy?.ToString(CultureInfo.InvariantCulture));
            }
            await file.Flush();
        }
    }

    private IAsyncEnumerable<IReadOnlyList<AuditedEntry>> Pages() =>
        ArchivePages.Of(after => _audit.Page(look, after, PageEntries), page => (page.Entries, page.After));

    private static void Number(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    private byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, parts.Form.Json);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>An auditor's archive as an answer.</summary>
internal sealed class HistoryArchiveResult(AuditAccess look, HistoryDependencies parts) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => ArchiveResult.Write(
        httpContext, parts.Turns, look.Case.Case, $"scoring-history-{look.Case.Programme}.zip",
        (body, cancellationToken) => new HistoryArchive(look, parts).Write(body, cancellationToken), parts.Log);
}

/// <summary>What the archive says about itself.</summary>
internal static class HistoryReadMe
{
    public const string Text = """
        One history in one programme of the city, as of the day in manifest.json
        ==========================================================================

        manifest.json      what this archive is of, and the length and SHA-256 of every other file
        manifest.jws       the same manifest, signed by the platform. Without this file the archive is incomplete: it was broken off
        case.json          the audit case; the look stands in the history of whom it is about
        explanation.json   the score on that day, taken apart rule by rule and day by day
        days.json, .csv    the score after each day, by all entries of this archive
        entries.json, .csv every entry up to the last turn, with what its leaf is made of
        contributions.json, .csv  what each event contributes: the points of each rule of its day before any cap, how it stands, and the
                           turns of its contest and correction
        contests.json      contests, their decisions and corrections
        rulesets/          all rules, terms and impact assessments that were published, as they are hashed
        event-types/       what each kind of event may hold
        record.json        what administrators did with the programme
        checkpoint.txt, checkpoint-keys.txt, proofs.json, receipt-keys.json   what proves it

        To check it: ./run verify archive FILE.zip --key KEY --receipt-keys FILE. A turn that is missing is past its retention.
        The person it is about is told of this look. Keep the archive closed, and delete it when the case is over.

        """;
}
