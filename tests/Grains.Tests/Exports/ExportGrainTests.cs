using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;
using Scoring.Testing;

namespace Scoring.Exports;

public sealed class ExportGrainTests
{
    private const string Anna = "anna-pairwise-sub";

    private static readonly OwnSubject Own = new(Anna, TestProgrammes.Vehicles, 0);

    [Fact]
    public async Task Pages_hold_the_entries_up_to_the_mark_each_with_the_inputs_of_its_leaf()
    {
        await using var city = await Started();
        var subject = await Enrolled(city);
        for (var i = 0; i < 9; i++) city.Append(subject);
        var mark = (await Grain(city).Begin(Own)).ShouldNotBeNull();
        (mark.Subject, mark.LastTurn, mark.Day).ShouldBe((subject, 11, TestCity.Today));
        city.Append(subject);

        var entries = await All(async after => (await Grain(city).Entries(Own, mark, after))!, page => page.Entries, page => page.After);

        entries.Select(e => e.Entry.Turn).ShouldBe(Enumerable.Range(1, 11).Select(turn => (long)turn));
        entries.ShouldAllBe(e => e.Leaf.SequenceEqual(Leaf.Of(MemoryLedger.LedgerKey, e.Entry, e.Key)));
        city.Ledger.EntriesOf(subject).Count.ShouldBe(12, "an archive appends no entry");
    }

    [Fact]
    public async Task Proofs_reach_as_far_as_the_checkpoint_and_carry_their_turns()
    {
        await using var city = await Started();
        var subject = await Enrolled(city);
        for (var i = 0; i < 9; i++) city.Append(subject);
        var mark = (await Grain(city).Begin(Own))!;
        var all = await All(async after => (await Grain(city).Entries(Own, mark, after))!, page => page.Entries, page => page.After);
        var checkpoint = city.Ledger.Checkpoints.Add(all[6].Entry.Position, city.Clock.GetUtcNow());

        var proofs = await All(async after => (await Grain(city).Proofs(Own, mark, 1, after))!, page => page.Proofs, page => page.After);

        checkpoint.Number.ShouldBe(1);
        proofs.Select(proof => (proof.Turn, proof.Proof.Position))
            .ShouldBe(all.Take(7).Select(exported => (exported.Entry.Turn, exported.Entry.Position)));
        (await Grain(city).Proofs(Own, mark, 2, 0)).ShouldBeNull();
        await Enrolment(city).Withdraw(Own, null);
        (await Grain(city).Proofs(Own, mark, 1, 0)).ShouldBeNull();
    }

    [Fact]
    public async Task Accesses_and_the_score_of_a_long_history_come_from_one_pass_and_equal_the_other_reads()
    {
        await using var city = await Started();
        var subject = await Enrolled(city);
        var grant = (await Enrolment(city).Grant(Own, TestProgrammes.ServiceId, null)).Granted!.Token;
        for (var i = 0; i < 40; i++)
        {
            city.Append(subject, i % 3 == 0 ? -3 : 7, daysAgo: i % 5);
            if (i % 4 != 0) continue;
            city.Clock.Advance(TimeSpan.FromMinutes(6));
            await city.Grains.GetGrain<IScoreQueryGrain>(0).Ask(TestProgrammes.ServiceId, grant);
        }
        var mark = (await Grain(city).Begin(Own))!;
        var reads = city.Ledger.Reads(subject);

        var (accesses, explanation) = await Folded(city, mark);

        (city.Ledger.Reads(subject) - reads).ShouldBe((int)(mark.LastTurn + 6) / 7);
        var listed = (await Enrolment(city).Looks(Own, null, 100))!.Looks;
        accesses.Count.ShouldBe(10);
        accesses.Reverse<AccessView>().ShouldBe(listed);
        var score = (await Enrolment(city).Score(Own))!;
        Text(explanation).ShouldBe(Text(score with
        {
            Rules = [.. score.Rules.Select(rule => rule with { Days = [.. rule.Days.Select(day => day with { Entries = [] })] })],
        }));
    }

    [Fact]
    public async Task After_a_turn_that_the_ledger_no_longer_holds_no_answer_is_reconstructed()
    {
        await using var city = await Started();
        var subject = await Enrolled(city);
        for (var i = 0; i < 20; i++) city.Append(subject);
        city.Ledger.Append(subject, EntryKind.Queried, TestCity.Today, Encoding.UTF8.GetBytes("{\"service\":\"s\"}"));
        city.Ledger.IsExpired = turn => turn is > 2 and < 6;
        var mark = (await Grain(city).Begin(Own))!;

        var (accesses, explanation) = await Folded(city, mark);

        accesses.ShouldHaveSingleItem().Answer.ShouldBeNull();
        (explanation.Turn, explanation.Score).ShouldBe((mark.LastTurn, TestProgrammes.Floor + 17 * 7));
        var entries = await All(async after => (await Grain(city).Entries(Own, mark, after))!, page => page.Entries, page => page.After);
        entries.Select(e => e.Entry.Turn).ShouldBe([1, 2, .. Enumerable.Range(6, 18).Select(turn => (long)turn)]);
    }

    [Fact]
    public async Task Contests_and_consents_are_found_wherever_they_are()
    {
        await using var city = await Started();
        var subject = await Enrolled(city);
        for (var i = 0; i < 130; i++) city.Append(subject);
        city.Ledger.Append(subject, EntryKind.ContestOpened, TestCity.Today, "{}"u8.ToArray());
        for (var i = 0; i < 130; i++) city.Append(subject);
        foreach (var kind in (EntryKind[])[EntryKind.ContestDecided, EntryKind.Corrected, (EntryKind)18, EntryKind.ConsentRenewed])
            city.Ledger.Append(subject, kind, TestCity.Today, "{}"u8.ToArray());
        var mark = (await Grain(city).Begin(Own))!;

        var contests = await All(async after => (await Grain(city).Contests(Own, mark, after))!, page => page.Entries, page => page.After);
        var consents = await All(async after => (await Grain(city).Consents(Own, mark, after))!, page => page.Entries, page => page.After);

        contests.Select(entry => (entry.Turn, (int)entry.Kind)).ShouldBe([(133, 5), (264, 6), (265, 4), (266, 18)]);
        consents.Select(entry => (entry.Turn, entry.Kind)).ShouldBe([(1, EntryKind.Enrolled), (267, EntryKind.ConsentRenewed)]);
    }

    [Fact]
    public async Task After_a_withdrawal_there_is_no_further_page_and_no_seal_nor_for_a_later_enrolment()
    {
        await using var city = await Started();
        var subject = await Enrolled(city);
        city.Append(subject);
        var mark = (await Grain(city).Begin(Own))!;
        await Enrolment(city).Withdraw(Own, null);
        await ShouldGetNothingMore();
        await Enrolled(city, "another-handle-of-16");
        (await Grain(city).Begin(Own)).ShouldNotBeNull().Subject.ShouldNotBe(subject);
        await ShouldGetNothingMore();

        async Task ShouldGetNothingMore()
        {
            (await Grain(city).Entries(Own, mark, 0)).ShouldBeNull();
            (await Grain(city).Contests(Own, mark, 0)).ShouldBeNull();
            (await Grain(city).Consents(Own, mark, 0)).ShouldBeNull();
            (await Grain(city).Looks(Own, mark, null)).ShouldBeNull();
            (await Grain(city).Seal(Own, mark, [])).ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_withdrawal_during_the_read_of_a_page_returns_no_page()
    {
        await using var city = await Started();
        var subject = await Enrolled(city);
        var mark = (await Grain(city).Begin(Own))!;
        city.Ledger.BeforeRead = async _ =>
        {
            city.Ledger.BeforeRead = null;
            await Enrolment(city).Withdraw(Own, null);
        };
        (await Grain(city).Entries(Own, mark, 0)).ShouldBeNull();
        city.Ledger.EntriesOf(subject).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fold_is_not_continued_under_other_rules()
    {
        await using var city = await Started();
        var subject = await Enrolled(city);
        for (var i = 0; i < 9; i++) city.Append(subject);
        var mark = (await Grain(city).Begin(Own))!;
        var first = (await Grain(city).Looks(Own, mark, null))!;
        city.Publish(TestProgrammes.Documents with
        {
            Versions = [.. TestProgrammes.Documents.Versions, TestProgrammes.Version(TestProgrammes.Documents.Versions[2].Terms, 2)],
        });
        (await Grain(city).Looks(Own, mark, first.Fold.ShouldNotBeNull())).ShouldBeNull();
    }

    [Fact]
    public async Task Published_documents_come_with_the_exact_bytes_that_are_hashed()
    {
        await using var city = await Started();
        var files = (await Grain(city).Version(TestProgrammes.Vehicles, 1)).ShouldNotBeNull();
        files.Select(file => file.Name).ShouldBe(["rulesets/ruleset-1.json", "rulesets/programme-1.json", "rulesets/assessment-1.json"]);
        Convert.ToHexStringLower(SHA256.HashData(files[0].Json)).ShouldBe(TestProgrammes.RuleSet(1).Hash);
        (await Grain(city).Version(TestProgrammes.Vehicles, 2)).ShouldBeNull();
        (await Grain(city).EventTypes(TestProgrammes.Vehicles)).ShouldHaveSingleItem().Name.ShouldBe("event-types/traffic.trip.json");
    }

    [Fact]
    public async Task The_seal_signs_what_the_platform_knows_and_every_digest()
    {
        await using var city = await Started();
        await Enrolled(city);
        var mark = (await Grain(city).Begin(Own))!;
        var seal = (await Grain(city).Seal(Own, mark, [new("b", 2, "bb"), new("a", 1, "aa")])).ShouldNotBeNull();
        var parts = seal.Signature.Split('.');
        TestReceiptKey.Public.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256).ShouldBeTrue();
        System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]).ShouldBe(seal.Manifest);
        seal.Manifest.ShouldBe(CanonicalJson.Write(JsonNode.Parse(
            $$"""
            {"schemaVersion":"scoring-export-1","madeAt":"2026-06-15T12:00:00Z","day":"2026-06-15","programme":"safe-driver","ordinal":0,
             "subject":"{{mark.Subject}}","lastTurn":2,"files":[{"name":"a","bytes":1,"sha256":"aa"},{"name":"b","bytes":2,"sha256":"bb"}]}
            """)!));
    }

    private static Task<TestCity> Started() => TestCity.Start(silos: 1, settings: new()
    {
        ["Exports:PageEntries"] = "7", ["Exports:ScanTurns"] = "100",
    });

    private static IExportGrain Grain(TestCity city) => city.Grains.GetGrain<IExportGrain>(0);

    private static IEnrolmentGrain Enrolment(TestCity city) => city.Grains.GetGrain<IEnrolmentGrain>(0);

    private static async Task<SubjectId> Enrolled(TestCity city, string handle = "a-handle-of-16-chars")
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var proof = TestProgrammes.Proof(new
        {
            handle, programme = "safe-driver", sub = Anna, iss = TestProgrammes.SourceId, iat = now - 1, exp = now + 60,
        });
        (await Enrolment(city).Enrol(Anna, new EnrolRequest(TestProgrammes.Vehicles, TestProgrammes.RuleSet(1).Hash, [proof])))
            .Enrolled.ShouldNotBeNull();
        return city.Ledger.OnlySubject;
    }

    private static async Task<(List<AccessView> Accesses, Explanation Explanation)> Folded(TestCity city, ExportMark mark)
    {
        var accesses = new List<AccessView>();
        ExportedAccesses? page = null;
        do
        {
            page = (await Grain(city).Looks(Own, mark, page?.Fold)).ShouldNotBeNull();
            accesses.AddRange(page.Looks);
        }
        while (page.Fold is not null);
        return (accesses, page.Explanation.ShouldNotBeNull());
    }

    private static async Task<List<T>> All<TPage, T>(
        Func<long, Task<TPage>> read, Func<TPage, IEnumerable<T>> items, Func<TPage, long?> next)
    {
        var all = new List<T>();
        for (long? after = 0; after is { } from;)
        {
            var page = await read(from);
            all.AddRange(items(page));
            after = next(page);
        }
        return all;
    }

    private static string Text(Explanation explanation) => JsonSerializer.Serialize(explanation);
}
