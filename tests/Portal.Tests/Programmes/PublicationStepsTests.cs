using System.Text.Json;
using Scoring.Client;

namespace Scoring.Programmes;

public sealed class PublicationStepsTests
{
    private static readonly DraftView Draft = new(
        "safe-driver", "hash", "author", DateTimeOffset.UnixEpoch, JsonElement.Parse("{}"), [], [], [], false);

    [Fact]
    public void A_programme_in_which_nothing_is_prepared_has_no_steps()
    {
        PublicationSteps.Of(View(ProgrammeStatus.Published, null), isVersionComing: false, isSimulated: false).ShouldBeEmpty();
        PublicationSteps.Of(View(ProgrammeStatus.Ended, Draft), isVersionComing: true, isSimulated: true).ShouldBeEmpty();
    }

    [Fact]
    public void The_first_step_that_is_not_done_is_next()
    {
        Next(Draft with { Problems = [new("/x", "code", "help")] }, isSimulated: true).ShouldBe("sound");
        Next(Draft, isSimulated: false).ShouldBe("simulated");
        Next(Draft, isSimulated: true).ShouldBe("approved");
        Next(Draft with { Approvals = ["one"] }, isSimulated: true).ShouldBe("published");
    }

    [Fact]
    public void A_version_that_waits_for_its_day_has_that_step_alone_to_come() =>
        PublicationSteps.Of(View(ProgrammeStatus.Published, null), isVersionComing: true, isSimulated: false)
            .Where(step => step.State != StepState.Done).ShouldBe([new PublicationStep("in-force", StepState.Next)]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_version_that_was_published_without_a_simulation_does_not_claim_one(bool isSimulated) =>
        PublicationSteps.Of(View(ProgrammeStatus.Published, null), isVersionComing: true, isSimulated)
            .Any(step => step.Name == "simulated").ShouldBe(isSimulated);

    [Fact]
    public void A_programme_that_was_never_published_is_not_simulated() =>
        PublicationSteps.Of(View(ProgrammeStatus.Drafted, Draft), isVersionComing: false, isSimulated: false)
            .Select(step => step.Name).ShouldBe(PublicationSteps.Names.Except(["simulated"]));

    private static string Next(DraftView draft, bool isSimulated) =>
        PublicationSteps.Of(View(ProgrammeStatus.Published, draft), isVersionComing: false, isSimulated)
            .Single(step => step.State == StepState.Next).Name;

    private static ProgrammeAdminView View(ProgrammeStatus status, DraftView? draft) => new("safe-driver", status, draft, [], []);
}
