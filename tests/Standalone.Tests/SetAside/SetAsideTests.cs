using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Administration;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Client;
using Scoring.Hosting;

namespace Scoring.SetAside;

/// <summary>
/// An entry that no fold can value, from the fold that meets it to the replay after it is mended, over HTTP on a real PostgreSQL. Its
/// stored bytes are damaged by hand, because the platform takes no event that it cannot value.
/// </summary>
[Collection(typeof(SharedPlatformCollection))]
public sealed class SetAsideTests(SharedPlatform platform)
{
    private const string Programme = "safe-driver";
    private const int Events = 8; // more than a snapshot needs

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SetAsideClient Calls => platform.Administrator(1).SetAside;

    [Fact]
    public async Task An_entry_that_no_fold_values_is_counted_without_persons_and_counts_after_a_replay()
    {
        var right = await Score((await Enrolled("set-aside-twin")).Resident);
        var (resident, subject) = await Enrolled("set-aside-1");
        (await Replay()).ShouldBe(ProblemKinds.NotFound, "nothing is set aside yet");
        var body = await Damage(subject);
        var wrong = await Score(resident);
        wrong.ShouldBeLessThan(right);

        var view = await Until(() => Calls.Find(Cancel), view => view.Groups.Count > 0);
        view.Groups.ShouldHaveSingleItem().ShouldBe(new Client.SetAsideGroup(
            Programme, Client.EntryKind.Event, null, 1, "member-missing", Outdated: false, Subjects: null, Entries: null));
        view.Replaying.ShouldBeEmpty();
        var answer = JsonSerializer.Serialize(view);
        answer.ShouldNotContain(subject.ToString(CultureInfo.InvariantCulture));
        answer.ShouldNotContain(resident.Participant);
        await Until(async () => (await Score(resident), await Snapshots(subject)), seen => seen.Item2 == 1);

        await SetBody(subject, body);
        (await Score(resident)).ShouldBe(wrong, "snapshot and live fold have passed over the entry");
        (await Replay()).ShouldBeNull();
        (await Until(() => Calls.Find(Cancel), view => view is { Groups.Count: 0, Replaying.Count: 0 })).ShouldNotBeNull();
        (await Score(resident)).ShouldBe(right);
        var page = await platform.Session.Api.Programmes.ReadRecord(Programme, null, 500, Cancel);
        page.Acts.ShouldContain(act => act.Act == AdminActions.SetAsideReplayed);
    }

    [Fact]
    public async Task What_is_set_aside_goes_with_its_subject()
    {
        var (resident, subject) = await Enrolled("set-aside-2");
        await Damage(subject);
        await Score(resident);
        await Until(() => Notes(subject), notes => notes == 1);
        await SubjectOf(resident).Withdraw(Cancel);
        (await Notes(subject)).ShouldBe(0);
    }

    private async Task<(Resident Resident, long Subject)> Enrolled(string name)
    {
        var before = (await platform.Database.Rows<long>("SELECT subject FROM ledger.enrolment")).ToHashSet();
        var resident = await platform.Enrol(Programme, name);
        var subject = (await platform.Database.Rows<long>("SELECT subject FROM ledger.enrolment"))
            .Single(number => !before.Contains(number));
        var source = platform.Session.Standalone.Sources.First(known => known.Family == City.Platform.EventFamily.Traffic);
        var (status, _) = await platform.Session.Platform.SendEvents(
            source.Token,
            CloudEvents.Batch([.. Enumerable.Range(0, Events).Select(number => Event(resident, name, number))]), Cancel);
        status.ShouldBe(System.Net.HttpStatusCode.Accepted);
        return (resident, subject);
    }

    private static OutgoingEvent Event(Resident resident, string name, int number) => new(
        resident, resident.HandleFor(City.Platform.EventFamily.Traffic), number == 0 ? "traffic.vehicle-check" : "traffic.trip",
        string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"), TimeProvider.System.GetUtcNow(), default,
        number == 0
            ? new JsonObject { ["result"] = "pass" }
            : new JsonObject { ["distanceKm"] = 7, ["overLimitKm"] = 0, ["harshBrakings"] = 0 });

    /// <summary>Takes everything out of the first event's body, before any fold has met it. Returns the body.</summary>
    private async Task<byte[]> Damage(long subject)
    {
        var body = await platform.Database.Scalar<byte[]>(
            $"SELECT body FROM ledger.entry WHERE subject = {subject} AND turn = ({FirstEvent(subject)})");
        await SetBody(subject, "{}"u8.ToArray());
        return body;
    }

    private Task SetBody(long subject, byte[] body) => platform.Database.Execute(
        $"""
        UPDATE ledger.entry SET body = '\x{Convert.ToHexStringLower(body)}'
        WHERE subject = {subject} AND turn = ({FirstEvent(subject)})
        """);

    private static string FirstEvent(long subject) => $"SELECT min(turn) FROM ledger.entry WHERE subject = {subject} AND kind = 1";

    private async Task<string?> Replay()
    {
        try
        {
            await Calls.Replay(new Client.ReplayRequest(Programme), Cancel);
            return null;
        }
        catch (ScoringProblemException exception)
        {
            return exception.Kind;
        }
    }

    private Task<long> Notes(long subject) =>
        platform.Database.Scalar<long>($"SELECT count(*) FROM ledger.set_aside WHERE subject = {subject}");

    private Task<long> Snapshots(long subject) =>
        platform.Database.Scalar<long>($"SELECT count(*) FROM ledger.snapshot WHERE subject = {subject}");

    private async Task<long> Score(Resident resident) => (await platform.Query(SharedPlatform.Parking, resident.Grant!))
        .GetProperty("score").GetInt64();

    private SubjectClient SubjectOf(Resident resident) =>
        platform.Session.Api.As(platform.Session.Credentials.ParticipantToken(resident.Participant))
            .Subjects.Of(resident.Programme, resident.Ordinal!.Value);

    private static async Task<T> Until<T>(Func<Task<T>> read, Func<T, bool> isReached)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var value = await read();
            if (isReached(value)) return value;
            await Task.Delay(100, timeout.Token);
        }
    }
}
