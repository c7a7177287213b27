using Scoring.City.People;
using Scoring.Client;
using Scoring.Hosting;
using ClientNotice = Scoring.Client.IncidentNotice;

namespace Scoring.Incidents;

/// <summary>Tells the participants of a programme about an incident, over HTTP on a real PostgreSQL.</summary>
[Collection(typeof(SharedPlatformCollection))]
public sealed class IncidentTests(SharedPlatform platform)
{
    private static readonly ClientNotice Told = new(
        "On 3 May a list of handles was sent to a wrong office.", "Data protection office, dpo@example.org",
        "A source could learn that you take part.", "The list was deleted. Link your handles again.");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_timeline_of_a_programme_tells_an_incident_and_no_other_does()
    {
        Resident[] drivers = [await platform.Enrol("safe-driver", "incident-1"), await platform.Enrol("safe-driver", "incident-2")];
        var cook = await platform.Enrol("clean-kitchen", "incident-3");
        await SubjectOf(drivers[1]).Restrict(Cancel);
        var place = (await SubjectOf(drivers[0]).ReadNotices(count: 1, cancellationToken: Cancel)).Notices[0].Id;
        var listening = FirstIncident(drivers[0], place);

        var proposal = await platform.Administrator(1).Incidents.Propose("safe-driver", Told, Cancel);
        (await platform.Administrator(2).Incidents.FindProposal("safe-driver", Cancel)).ShouldBe(proposal);
        var refused = await Should.ThrowAsync<ScoringProblemException>(
            () => platform.Administrator(1).Incidents.Confirm("safe-driver", new ApprovalRequest(proposal.Hash), Cancel));
        refused.Kind.ShouldBe(ProblemKinds.IsAuthor);
        foreach (var driver in drivers) (await Incidents(driver)).ShouldBeEmpty("nothing is told before a second administrator confirms");
        (await platform.Administrator(2).Incidents.Confirm("safe-driver", new ApprovalRequest(proposal.Hash), Cancel)).Done.ShouldBeTrue();

        foreach (var driver in drivers) (await Incidents(driver)).ShouldBe([Told]);
        (await listening).ShouldBe(Told);
        (await Incidents(cook)).ShouldBeEmpty();
        var recorded = (await Record()).Where(act => act.Act == ClientNotice.Told).ShouldHaveSingleItem();
        (ClientNotice.Of(recorded), recorded.Hash).ShouldBe((Told, proposal.Hash));
    }

    private SubjectClient SubjectOf(Resident resident) =>
        platform.Session.Api.As(platform.Session.Credentials.ParticipantToken(resident.Participant))
            .Subjects.Of(resident.Programme, resident.Ordinal!.Value);

    private async Task<IReadOnlyList<ClientNotice>> Incidents(Resident resident) =>
        [.. (await SubjectOf(resident).ReadNotices(cancellationToken: Cancel)).Notices.Select(ClientNotice.Of).OfType<ClientNotice>()];

    private async Task<ClientNotice> FirstIncident(Resident resident, string after)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        timeout.CancelAfter(TimeSpan.FromSeconds(60));
        await foreach (var live in SubjectOf(resident).Listen(after, timeout.Token))
            if (live.Notice is { } notice && ClientNotice.Of(notice) is { } told) return told;
        throw new InvalidOperationException("The stream has ended.");
    }

    private async Task<IReadOnlyList<RecordedAdminAction>> Record()
    {
        var acts = new List<RecordedAdminAction>();
        for (long? after = 0; after is not null;)
        {
            var page = await platform.Session.Api.Programmes.ReadRecord("safe-driver", after, 500, Cancel);
            acts.AddRange(page.Acts);
            after = page.After;
        }
        return acts;
    }
}
