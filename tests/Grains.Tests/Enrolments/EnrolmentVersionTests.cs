using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Testing;

namespace Scoring.Enrolments;

public sealed class EnrolmentVersionTests
{
    private const string Anna = "anna-pairwise-sub";

    private static readonly ProgrammeVersion First = TestProgrammes.Documents.VersionsOf(TestProgrammes.Vehicles)[0];

    private static readonly ProgrammeVersion Second = new(
        First.Terms with { Purpose = "Tests of another purpose." },
        RuleSetDocument.Hashed(TestProgrammes.RuleSet(2) with { FirstDay = TestCity.Today.AddDays(3), Summary = "Trips, and why." }),
        First.Assessment, true, ["The purpose is another."]);

    private static OwnSubject Own { get; } = new(Anna, TestProgrammes.Vehicles, 0);

    [Fact]
    public async Task A_coming_change_is_listed_until_its_day_and_then_consent_has_lapsed()
    {
        await using var city = await TestCity.Start(silos: 1);
        await Enrol(city, First);
        Publish(city, First, Second);
        var before = (await Grain(city).Find(Own))!;
        before.Lapsed.ShouldBeFalse();
        var coming = before.Coming.ShouldHaveSingleItem();
        (coming with { Differences = [] }).ShouldBe(
            new ComingChange(2, Second.RuleSet.Hash, TestCity.Today.AddDays(3), "Trips, and why.", [], true));
        coming.Differences.ShouldBe(["The purpose is another."]);

        city.Clock.SetUtcNow(new DateTimeOffset(TestCity.Today.AddDays(2), new TimeOnly(23, 59, 59), TimeSpan.Zero));
        (await Grain(city).List(Anna, TestProgrammes.Vehicles)).Single().Coming.Length.ShouldBe(1);
        city.Clock.Advance(TimeSpan.FromSeconds(1));
        var inForce = (await Grain(city).List(Anna, TestProgrammes.Vehicles)).Single();
        (inForce.Lapsed, inForce.Coming.Length, inForce.RuleSet).ShouldBe((true, 0, First.RuleSet.Hash));
    }

    [Fact]
    public async Task A_version_that_does_not_widen_lets_no_consent_lapse()
    {
        await using var city = await TestCity.Start(silos: 1);
        await Enrol(city, First);
        Publish(city, First, Second with { Widens = false });
        (await Grain(city).Find(Own))!.Coming.Single().AsksConsent.ShouldBeFalse();
        city.Clock.Advance(TimeSpan.FromDays(3));
        (await Grain(city).Find(Own))!.Lapsed.ShouldBeFalse();
    }

    [Fact]
    public async Task Consent_is_renewed_from_the_first_day_on_with_an_entry_and_a_fresh_receipt()
    {
        await using var city = await TestCity.Start(silos: 1);
        var enrolled = await Enrol(city, First);
        Publish(city, First, Second);
        (await Renew(city, Second)).Refusal.ShouldBe(EnrolRefusal.RuleSetNotInForce);
        city.Clock.Advance(TimeSpan.FromDays(3));
        (await Renew(city, First)).Refusal.ShouldBe(EnrolRefusal.RuleSetNotInForce);

        var renewed = (await Renew(city, Second)).Enrolled.ShouldNotBeNull();
        renewed.Ordinal.ShouldBe(0);
        renewed.Receipt.ShouldNotBe(enrolled.Receipt);
        (await Grain(city).Receipt(Own)).ShouldBe(renewed.Receipt);
        var view = (await Grain(city).Find(Own))!;
        (view.Lapsed, view.RuleSet, view.Since).ShouldBe((false, Second.RuleSet.Hash, TestCity.Today));
        var entry = city.Ledger.EntriesOf(city.Ledger.OnlySubject)[^1];
        (entry.Kind, entry.Day).ShouldBe((EntryKind.ConsentRenewed, TestCity.Today.AddDays(3)));
        Encoding.UTF8.GetString(entry.Body).ShouldBe($$"""{"receipt":"{{renewed.Receipt}}","ruleSet":"{{Second.RuleSet.Hash}}"}""");
        Version(renewed.Receipt).GetProperty("scoring:ruleSet").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Renewing_what_is_consented_already_succeeds_and_writes_nothing()
    {
        await using var city = await TestCity.Start(silos: 1);
        var enrolled = await Enrol(city, First);
        var entries = Entries(city);
        (await Renew(city, First)).Enrolled.ShouldBe(enrolled);
        Entries(city).ShouldBe(entries);

        Publish(city, First, Second);
        city.Clock.Advance(TimeSpan.FromDays(3));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Renew(city, Second)));
        answers.Select(answer => answer.Enrolled.ShouldNotBeNull().Receipt).Distinct().ShouldHaveSingleItem();
        Entries(city).ShouldBe(entries + 1);
    }

    [Fact]
    public async Task Consent_is_renewed_only_by_its_participant_and_without_proofs()
    {
        await using var city = await TestCity.Start(silos: 1);
        await Enrol(city, First);
        Publish(city, First, Second);
        city.Clock.Advance(TimeSpan.FromDays(3));
        var entries = Entries(city);
        foreach (var (participant, ordinal) in new[] { ("berta", 0), (Anna, 1), (Anna, -1), (Anna, 32) })
        {
            (await Grain(city).Enrol(participant, Renewal(Second) with { Renews = ordinal }))
                .ShouldBe(new EnrolOutcome(null, EnrolRefusal.SubjectUnknown));
        }
        (await Grain(city).Enrol(Anna, Renewal(Second) with { HandleProofs = [Proof("another-handle-12")] })).Refusal
            .ShouldBe(EnrolRefusal.ProofRefused);
        Entries(city).ShouldBe(entries);
    }

    [Fact]
    public async Task The_newest_receipt_is_found_below_pages_of_later_entries()
    {
        await using var city = await TestCity.Start(silos: 1);
        await Enrol(city, First);
        Publish(city, First, Second);
        city.Clock.Advance(TimeSpan.FromDays(3));
        var renewed = (await Renew(city, Second)).Enrolled!;
        for (var i = 0; i < 1100; i++) city.Append(city.Ledger.OnlySubject);
        (await Grain(city).Receipt(Own)).ShouldBe(renewed.Receipt);
    }

    [Fact]
    public async Task Enrolment_is_refused_before_the_first_day_and_when_the_programme_is_stopped()
    {
        await using var city = await TestCity.Start(silos: 1);
        var tomorrow = First with
        {
            RuleSet = RuleSetDocument.Hashed(First.RuleSet with { FirstDay = TestCity.Today.AddDays(1) }),
        };
        var documents = Publish(city, tomorrow);
        (await TryEnrol(city, tomorrow)).ShouldBe(new EnrolOutcome(null, EnrolRefusal.ProgrammeUnknown));
        city.Clock.Advance(TimeSpan.FromDays(1));
        foreach (var stopped in new[]
        {
            StoppedState.Undisturbed with { Suspended = [TestProgrammes.Vehicles] },
            StoppedState.Undisturbed with { Ended = [TestProgrammes.Vehicles] },
        })
        {
            city.Publish(documents, stopped);
            (await TryEnrol(city, tomorrow)).ShouldBe(new EnrolOutcome(null, EnrolRefusal.ProgrammeUnknown));
            (await Renew(city, tomorrow)).ShouldBe(new EnrolOutcome(null, EnrolRefusal.ProgrammeUnknown));
        }
        city.Publish(documents);
        (await TryEnrol(city, tomorrow)).Enrolled.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_receipt_names_the_terms_in_force_whenever_the_catalogue_was_read()
    {
        await using var city = await TestCity.Start(silos: 1);
        Publish(city, First, Second);
        city.Clock.Advance(TimeSpan.FromDays(3));
        var receipt = (await Enrol(city, Second)).Receipt;
        Record(receipt).GetProperty("dpv:hasProcess").GetProperty("dpv:hasPurpose").GetProperty("dct:description").GetString()
            .ShouldBe("Tests of another purpose.");
        Version(receipt).GetProperty("scoring:ruleSetHash").GetString().ShouldBe(Second.RuleSet.Hash);
    }

    [Fact]
    public async Task A_stopped_service_gets_no_grant_and_a_stopped_source_proves_nothing()
    {
        await using var city = await TestCity.Start(silos: 1);
        await Enrol(city, First);
        Stop(city, Administration.RegistrationKind.Service, TestProgrammes.ServiceId);
        (await Grain(city).Grant(Own, TestProgrammes.ServiceId, null)).Refusal.ShouldBe(GrantRefusal.ServiceUnknown);
        (await TryEnrol(city, First, "another-handle-12")).Enrolled.ShouldNotBeNull();

        Stop(city, Administration.RegistrationKind.Source, TestProgrammes.SourceId);
        (await Grain(city).Grant(Own, TestProgrammes.ServiceId, null)).Granted.ShouldNotBeNull();
        (await TryEnrol(city, First, "yet-another-handle")).Refusal.ShouldBe(EnrolRefusal.ProofRefused);
    }

    private static void Stop(TestCity city, Administration.RegistrationKind kind, string id) => city.Publish(
        TestProgrammes.Documents, StoppedState.Undisturbed with { StoppedRegistrations = [StoppedState.KeyOf(kind, id)] });

    private static DocumentSet Publish(TestCity city, params ProgrammeVersion[] versions)
    {
        var others = TestProgrammes.Documents.Versions.Where(version => version.Terms.Id != TestProgrammes.Vehicles);
        var documents = TestProgrammes.Documents with { Versions = [.. others, .. versions] };
        city.Publish(documents);
        return documents;
    }

    private static int Entries(TestCity city) => city.Ledger.EntriesOf(city.Ledger.OnlySubject).Count;

    private static IEnrolmentGrain Grain(TestCity city) => city.Grains.GetGrain<IEnrolmentGrain>(0);

    private static async Task<EnrolledView> Enrol(TestCity city, ProgrammeVersion version) =>
        (await TryEnrol(city, version)).Enrolled.ShouldNotBeNull();

    private static Task<EnrolOutcome> TryEnrol(TestCity city, ProgrammeVersion version, string handle = "a-handle-1234567") =>
        Grain(city).Enrol(Anna, new EnrolRequest(TestProgrammes.Vehicles, version.RuleSet.Hash, [Proof(handle)]));

    private static Task<EnrolOutcome> Renew(TestCity city, ProgrammeVersion version) => Grain(city).Enrol(Anna, Renewal(version));

    private static EnrolRequest Renewal(ProgrammeVersion version) =>
        new(TestProgrammes.Vehicles, version.RuleSet.Hash, ImmutableArray<string>.Empty) { Renews = 0 };

    private static string Proof(string handle)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return TestProgrammes.Proof(
            new { handle, programme = "safe-driver", sub = Anna, iss = TestProgrammes.SourceId, iat = now, exp = now + 600 });
    }

    private static JsonElement Version(string receipt) => Record(receipt).GetProperty("scoring:version");

    private static JsonElement Record(string receipt) => JsonDocument.Parse(
        System.Buffers.Text.Base64Url.DecodeFromChars(receipt.Split('.')[1])).RootElement.GetProperty("dpv:hasRecordOfActivity");
}
