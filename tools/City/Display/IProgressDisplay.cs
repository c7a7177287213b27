using Spectre.Console;

namespace Scoring.City.Display;

/// <summary>What the person at the terminal sees while City works.</summary>
public interface IProgressDisplay
{
    /// <summary>Starts a piece of work of so many steps; report how many are done.</summary>
    Action<int> Start(string name, int steps);

    /// <summary>Says one line.</summary>
    void WriteLine(string line);
}

/// <summary>Runs work under the display that fits where the output goes.</summary>
public static class ProgressDisplays
{
    /// <summary>Live bars on a terminal, plain lines elsewhere.</summary>
    public static async Task<T> Run<T>(Func<IProgressDisplay, Task<T>> work)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive) return await work(new PlainProgressDisplay(Console.Out));
        var progress = AnsiConsole.Progress().Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                new PercentageColumn(), new ElapsedTimeColumn());
        return await progress.StartAsync(live => work(new LiveProgressDisplay(live)));
    }
}

/// <summary>Bars that fill.</summary>
public sealed class LiveProgressDisplay(ProgressContext live) : IProgressDisplay
{
    /// <inheritdoc/>
    public Action<int> Start(string name, int steps)
    {
        var bar = live.AddTask(Markup.Escape(name), maxValue: Math.Max(1, steps));
        return done => bar.Value = Math.Max(bar.Value, steps == 0 ? 1 : done);
    }

    /// <inheritdoc/>
    public void WriteLine(string line) => AnsiConsole.WriteLine(line);
}

/// <summary>A line at each tenth of the way.</summary>
public sealed class PlainProgressDisplay(TextWriter output) : IProgressDisplay
{
    private readonly Lock _turn = new();

    /// <inheritdoc/>
    public Action<int> Start(string name, int steps)
    {
        var told = 0;
        WriteLine($"{name}: {steps:N0} to do");
        return done =>
        {
            lock (_turn)
            {
                var tenths = steps == 0 ? 10 : (int)(10L * done / steps);
                if (tenths <= told) return;
                told = tenths;
                output.WriteLine($"{name}: {done:N0} of {steps:N0}");
            }
        };
    }

    /// <inheritdoc/>
    public void WriteLine(string line)
    {
        lock (_turn) output.WriteLine(line);
    }
}
