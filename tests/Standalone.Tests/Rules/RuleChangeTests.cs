using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Rules;

public sealed class RuleChangeTests
{
    [Fact]
    public async Task A_rule_set_goes_from_draft_to_in_force_and_counts_from_its_first_day()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(scratch.Path, developmentClock: true);
        using var session = platform.Session();

        await new RuleChange(session).Run(timeout.Token);
    }
}
