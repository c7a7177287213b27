using Scoring.Histories;
using Scoring.Processes;

namespace Scoring.Faults;

/// <summary>Sets the clock of one silo two minutes ahead and that of another two minutes back, for some seconds.</summary>
internal sealed class ClockShift : Fault
{
    private static readonly TimeSpan Shift = TimeSpan.FromMinutes(2);

    public override string Name => "clocks-apart";

    public override ClusterFeatures Needs => ClusterFeatures.OwnClocks;

    public override Staleness Staleness => new(2 * Shift, 2 * Shift);

    public override async Task<string> Inject(FaultContext context, CancellationToken cancellationToken)
    {
        var silos = context.Cluster.Silos.ToArray();
        context.Draw.Shuffle(silos);
        var ahead = context.Cluster.ClockOf(silos[0]);
        var behind = context.Cluster.ClockOf(silos[^1]);
        ahead.Set(Shift);
        behind.Set(-Shift);
        try
        {
            await context.Wait(5, 20, cancellationToken);
        }
        finally
        {
            ahead.Set(TimeSpan.Zero);
            behind.Set(TimeSpan.Zero);
        }
        return $"{silos[0].Name} and {silos[^1].Name}";
    }
}

/// <summary>Lets the clock of one silo or gateway jump by an hour, ahead or back, and some seconds later jump back.</summary>
internal sealed class ClockJump : Fault
{
    private static readonly TimeSpan Jump = TimeSpan.FromHours(1);

    public override string Name => "clock-jump";

    public override ClusterFeatures Needs => ClusterFeatures.OwnClocks;

    public override Staleness Staleness => new(Jump, TimeSpan.FromSeconds(3));

    public override async Task<string> Inject(FaultContext context, CancellationToken cancellationToken)
    {
        var member = context.One([.. context.Cluster.Members]);
        var clock = context.Cluster.ClockOf(member);
        var ahead = context.Draw.Next(2) == 0;
        clock.Set(ahead ? Jump : -Jump);
        try
        {
            await context.Wait(3, 12, cancellationToken);
        }
        finally
        {
            clock.Set(TimeSpan.Zero);
        }
        return $"{member.Name}, an hour {(ahead ? "ahead" : "back")}";
    }
}
