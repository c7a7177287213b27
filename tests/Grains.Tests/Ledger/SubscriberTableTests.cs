using Microsoft.Extensions.Time.Testing;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>The table that active subjects of the partition's silo use without a grain call.</summary>
public sealed class SubscriberTableTests
{
    private static readonly SubjectId Subject = new(7);

    private readonly FakeTimeProvider _time = new();
    private readonly SubscriberTable _table;

    public SubscriberTableTests() => _table = new SubscriberTable(_time, TimeSpan.FromSeconds(10));

    [Fact]
    public void A_renewal_extends_its_own_registration_and_makes_none()
    {
        _table.Renew(Subject, 1).ShouldBeFalse();
        _table.Count.ShouldBe(0);
        var number = _table.Register(Subject, null!);
        _time.Advance(TimeSpan.FromSeconds(9));
        _table.Renew(Subject, number).ShouldBeTrue();
        _table.Renew(Subject, number + 2).ShouldBeFalse("another activation registered");
        _time.Advance(TimeSpan.FromSeconds(9));
        _table.TryFind(Subject, out _).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(1));
        _table.Renew(Subject, number).ShouldBeFalse("the lease has ended");
        _table.TryFind(Subject, out _).ShouldBeFalse();
        _table.Register(Subject, null!).ShouldNotBe(number);
    }

    [Fact]
    public void A_closed_table_holds_no_subject_and_takes_none()
    {
        var number = _table.Register(Subject, null!);
        _table.Close();
        _table.Count.ShouldBe(0);
        _table.Renew(Subject, number).ShouldBeFalse();
        _table.Register(Subject, null!).ShouldBe(0);
        _table.Count.ShouldBe(0);
    }

    [Fact]
    public void A_subject_uses_the_table_of_a_partition_only_while_the_partition_is_here()
    {
        var subscriptions = new PartitionSubscriptions(_time);
        var number = _table.Register(Subject, null!);
        subscriptions.RenewHere(3, Subject, number).ShouldBeFalse();
        subscriptions.Open(3, _table);
        subscriptions.RenewHere(3, Subject, number).ShouldBeTrue();
        subscriptions.RenewHere(4, Subject, number).ShouldBeFalse();
        // The partition was activated here again before its former activation ended.
        var next = new SubscriberTable(_time, TimeSpan.FromSeconds(10));
        subscriptions.Open(3, next);
        subscriptions.Close(3, _table);
        subscriptions.RenewHere(3, Subject, next.Register(Subject, null!)).ShouldBeTrue();
        subscriptions.Close(3, next);
        subscriptions.RenewHere(3, Subject, number).ShouldBeFalse();
    }
}
