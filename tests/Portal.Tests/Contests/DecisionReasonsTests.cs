using Scoring.Client;

namespace Scoring.Contests;

public sealed class DecisionReasonsTests
{
    [Fact]
    public void Every_reason_that_an_administrator_may_give_is_offered_for_the_outcome_that_it_fits()
    {
        var offered = DecisionReasons.ToReject(isOverdue: false).Select(reason => (reason, Upheld: false))
            .Concat(DecisionReasons.ToUphold([]).Select(reason => (reason, Upheld: true))).ToArray();
        offered.Select(each => Words.Of(each.reason)).Order().ShouldBe(
            Words.All<Client.ContestReason>().Except([Words.Of(Client.ContestReason.UndecidedInTime)]).Order());
        foreach (var (reason, upheld) in offered) DecisionReasons.Upholds(reason).ShouldBe(upheld, Words.Of(reason));
    }

    [Fact]
    public void Past_the_due_day_a_contest_can_only_be_upheld() => DecisionReasons.ToReject(isOverdue: true).ShouldBeEmpty();

    [Fact]
    public void The_reason_that_says_the_same_as_the_ground_comes_first()
    {
        foreach (var ground in Enum.GetValues<Client.ContestGround>().Where(ground => ground != default))
            DecisionReasons.ToUphold([ground])[0].ShouldBe(ground switch
            {
                Client.ContestGround.NotMine => Client.ContestReason.NotTheSubjects,
                Client.ContestGround.DidNotHappen => Client.ContestReason.SourceCouldNotConfirm,
                Client.ContestGround.WrongValue => Client.ContestReason.ValueWasWrong,
                Client.ContestGround.WrongDay => Client.ContestReason.DayWasWrong,
                Client.ContestGround.CountedTwice => Client.ContestReason.CountedTwice,
                _ => Client.ContestReason.OutsidePurpose,
            });
    }
}
