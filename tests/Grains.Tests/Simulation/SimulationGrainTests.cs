using System.Text;
using System.Text.Json;
using Orleans.Core.Internal;
using Scoring.Administration;
using Scoring.Hosting;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Subjects;

namespace Scoring.Simulation;

public sealed class SimulationGrainTests : IAsyncLifetime
{
    private SimulatedCity _city = null!;

    public async ValueTask InitializeAsync() => _city = await SimulatedCity.Start();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task A_draft_is_simulated_over_the_ledger_and_recorded_with_its_numbers()
    {
        (await _city.Simulation.Find()).ShouldBeNull();
        (await _city.Simulation.Start("ada")).ShouldBe(new AdminOutcome(true, ["ada"], null, []), new OutcomeComparer());
        var view = await _city.Ended();
        (view.Status, view.PercentDone, view.Hash).ShouldBe((SimulationStatus.Done, 100, "the-hash"));
        (view.Report!.Subjects, view.Report.Entries, view.Report.Day).ShouldBe((60, 60, TestCity.Today));
        view.Report.Positions.ShouldBe(await _city.Ledger.Positions(CancellationToken.None));
        view.Report.Positions.Sum().ShouldBe(120, "an enrolment and a trip each");
        view.Report.Changes.Single(band => band.Subjects > 0).ShouldBe(new Band(1, 4, 60));
        view.Report.ByEnrolment.ShouldBe([new Group(90, 179, 60, 60, 0, 4000)], ignoreOrder: false);
        view.Report.Examples.Length.ShouldBe(10);

        var act = _city.Record.Acts.ShouldHaveSingleItem();
        (act.Act, act.Programme, act.By, act.Hash).ShouldBe((AdminActions.Simulated, SimulatedCity.Programme, "ada", "the-hash"));
        act.At.ShouldBe(_city.City.Clock.GetUtcNow());
        act.Words[^1].ShouldBe("Of 60 subjects, about 60 would have a higher score and about 0 a lower one, to twenty.");
        CanonicalJson.Write(JsonDocument.Parse(act.Details!).RootElement).ShouldBe(act.Details);
        var details = JsonDocument.Parse(act.Details!).RootElement;
        details.GetProperty("positions").EnumerateArray().Select(position => position.GetInt64())
            .ShouldBe([0, 0, 0, 0], "rounded as checkpoints are");
        details.GetProperty("entries").GetInt64().ShouldBe(0, "their number is rounded too");
        details.GetProperty("subjects").GetInt64().ShouldBe(60);
    }

    [Fact]
    public async Task A_report_is_kept_for_its_draft_and_named_in_the_record()
    {
        await _city.Simulation.Start("ada");
        var report = (await _city.Ended()).Report!;
        var kept = (await _city.Reports.OfDraft(SimulatedCity.Programme, "the-hash", CancellationToken.None)).ShouldHaveSingleItem();
        (kept.At, kept.IsNamed, kept.Hash).ShouldBe((_city.City.Clock.GetUtcNow(), false, SimulationReportDocument.Hash(report)));
        JsonDocument.Parse(_city.Record.Acts.Single().Details!).RootElement.GetProperty("report").GetString().ShouldBe(kept.Hash);

        _city.Ledger.Append(new SubjectId(1), TestCity.Today, SimulatedCity.CalmTrip());
        await _city.Ledger.Enrol(new SubjectId(300), TestCity.Today.AddDays(-2));
        for (var number = 301; number < 320; number++) await _city.Ledger.Enrol(new SubjectId(number), TestCity.Today.AddDays(-2));
        await _city.Simulation.Start("berta");
        await _city.Ended();
        (await _city.Reports.OfDraft(SimulatedCity.Programme, "the-hash", CancellationToken.None)).Count
            .ShouldBe(2, "the report of another ledger position is next to the first");
    }

    [Fact]
    public async Task A_report_of_a_draft_that_was_replaced_meanwhile_is_not_kept()
    {
        var open = new TaskCompletionSource();
        _city.Record.Open = open.Task;
        await _city.Simulation.Start("ada");
        await _city.Record.Writing.Task;
        _city.Draft.Json = null;
        open.SetResult();
        (await _city.Ended()).Status.ShouldBe(SimulationStatus.Done);
        (await _city.Reports.OfDraft(SimulatedCity.Programme, "the-hash", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_result_is_shown_only_once_its_act_is_recorded()
    {
        var open = new TaskCompletionSource();
        _city.Record.Open = open.Task;
        await _city.Simulation.Start("ada");
        await _city.Record.Writing.Task;
        var view = await _city.Simulation.Find();
        (view!.Status, view.Report).ShouldBe((SimulationStatus.Running, null));
        open.SetResult();
        (await _city.Ended()).Report.ShouldNotBeNull();
    }

    [Fact]
    public async Task One_is_under_way_at_a_time_and_the_grain_answers_meanwhile()
    {
        _city.Ledger.Hold();
        await _city.Simulation.Start("ada");
        await _city.Ledger.Waiting.Task;
        (await _city.Simulation.Start("bea")).Refusal.ShouldBe(AdminRefusal.Busy);
        (await _city.Simulation.Find())!.PercentDone.ShouldBeLessThan(100);
        _city.Ledger.Release();
        (await _city.Ended()).Status.ShouldBe(SimulationStatus.Done);
        (await _city.Simulation.Start("bea")).Done.ShouldBeTrue();
        await _city.Ended();
        _city.Record.Acts.Select(act => act.By).ShouldBe(["ada", "bea"]);
    }

    [Fact]
    public async Task A_cancelled_one_has_no_result_no_act_and_may_be_started_again()
    {
        (await _city.Simulation.Cancel("ada")).ShouldBeFalse();
        _city.Ledger.Hold();
        await _city.Simulation.Start("ada");
        await _city.Ledger.Waiting.Task;
        (await _city.Simulation.Cancel("bea")).ShouldBeTrue();
        var view = await _city.Simulation.Find();
        (view!.Status, view.Report).ShouldBe((SimulationStatus.Cancelled, null));
        _city.Record.Acts.ShouldBeEmpty();
        _city.Ledger.Release();
        (await _city.Simulation.Start("ada")).Done.ShouldBeTrue();
        (await _city.Ended()).Status.ShouldBe(SimulationStatus.Done);
    }

    [Fact]
    public async Task One_that_fails_says_so_records_nothing_and_may_be_started_again()
    {
        _city.Ledger.Fails = true;
        await _city.Simulation.Start("ada");
        (await _city.Ended()).Status.ShouldBe(SimulationStatus.Failed);
        _city.Record.Acts.ShouldBeEmpty();
        _city.Ledger.Fails = false;
        await _city.Simulation.Start("ada");
        (await _city.Ended()).Status.ShouldBe(SimulationStatus.Done);
    }

    [Fact]
    public async Task It_is_cancelled_when_the_grain_is_deactivated()
    {
        _city.Ledger.Hold();
        await _city.Simulation.Start("ada");
        await _city.Ledger.Waiting.Task;
        await _city.Simulation.Cast<IGrainManagementExtension>().DeactivateOnIdle();
        await _city.Ledger.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        _city.Record.Acts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Entries_after_the_start_and_subjects_that_withdraw_meanwhile_are_not_counted()
    {
        _city.Ledger.Hold();
        await _city.Simulation.Start("ada");
        await _city.Ledger.Waiting.Task;
        for (var number = 1; number <= 60; number++)
            _city.Ledger.Append(new SubjectId(number), TestCity.Today, SimulatedCity.CalmTrip());
        for (var number = 1; number <= 20; number++) _city.Ledger.Withdraw(new SubjectId(number));
        _city.Ledger.Release();
        var report = (await _city.Ended()).Report!;
        (report.Subjects, report.Entries).ShouldBe((40, 40));
    }

    [Fact]
    public async Task Nothing_that_is_recorded_names_a_subject()
    {
        var subject = new SubjectId(0x7A5C_93E1_4B2D_8F60);
        await _city.Ledger.Enrol(subject, TestCity.Today.AddDays(-3));
        await _city.Simulation.Start("ada");
        await _city.Ended();
        var act = _city.Record.Acts.ShouldHaveSingleItem();
        var hash = JsonDocument.Parse(act.Details!).RootElement.GetProperty("report").GetString()!;
        var text = (Encoding.UTF8.GetString(act.Details!) + string.Join(' ', act.Words)).Replace(hash, "", StringComparison.Ordinal);
        text.ShouldNotContain(subject.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        text.ShouldNotContain(subject.ToString());
        text.ShouldNotContain("61");
    }

    [Fact]
    public async Task A_missing_draft_a_draft_with_problems_and_an_unknown_or_ended_programme_are_refused()
    {
        var draft = _city.Draft.Json;
        _city.Draft.Json = null;
        (await _city.Simulation.Start("ada")).Refusal.ShouldBe(AdminRefusal.Unknown);
        _city.Draft.Json = "{}"u8.ToArray();
        (await _city.Simulation.Start("ada")).Refusal.ShouldBe(AdminRefusal.Problems);
        _city.Draft.Json = draft;
        _city.Draft.Problems = [new DraftProblem("/ruleSet/firstDay", "notice-too-short", "Later.")];
        var outcome = await _city.Simulation.Start("ada");
        outcome.Refusal.ShouldBe(AdminRefusal.Problems);
        outcome.Problems.ShouldBe([new DraftProblem("/ruleSet/firstDay", "notice-too-short", "Later.")]);
        _city.Draft.Problems = [];
        _city.Record.Ended = [SimulatedCity.Programme];
        (await _city.Simulation.Start("ada")).Refusal.ShouldBe(AdminRefusal.WrongStatus);
        _city.Record.Ended = [];
        _city.Record.Documents = DocumentSet.Empty;
        (await _city.Simulation.Start("ada")).Refusal.ShouldBe(AdminRefusal.WrongStatus);
        (await _city.Simulation.Find()).ShouldBeNull();
        _city.Ledger.Reads.ShouldBe(0);
    }

    private sealed class OutcomeComparer : IEqualityComparer<AdminOutcome>
    {
        public bool Equals(AdminOutcome? x, AdminOutcome? y) =>
            x!.Done == y!.Done && x.Refusal == y.Refusal && x.Approvals.SequenceEqual(y.Approvals) && x.Problems.SequenceEqual(y.Problems);

        public int GetHashCode(AdminOutcome outcome) => outcome.Done.GetHashCode();
    }
}
