using Spectre.Console;

namespace Scoring.City.Display;

/// <summary>Shows the progress of a run to the user.</summary>
public interface IProgressDisplay
{
    /// <summary>Starts a task of a number of steps. Call the result with the number of completed steps.</summary>
    Action<int> Start(string name, int steps);

    /// <summary>Writes one line.</summary>
    void WriteLine(string line);
}

/// <summary>Chooses the display for the output.</summary>
public static class ProgressDisplays
{
    /// <summary>Runs work with live bars on a terminal, and with plain lines elsewhere.</summary>
    public static async Task<T> Run<T>(Func<IProgressDisplay, Task<T>> work)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            return await work(new PlainProgressDisplay(Console.Out));
        var progress = AnsiConsole.Progress().Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                new PercentageColumn(), new ElapsedTimeColumn());
        return await progress.StartAsync(live => work(new LiveProgressDisplay(live)));
    }
}

/// <summary>Shows progress bars.</summary>
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

/// <summary>Writes a line at each tenth of a task.</summary>
public sealed class PlainProgressDisplay(TextWriter output) : IProgressDisplay
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public Action<int> Start(string name, int steps)
    {
        var reported = 0;
        WriteLine($"{name}: 0 of {steps:N0}");
        return done =>
        {
            lock (_lock)
            {
                var tenths = steps == 0 ? 10 : (int)(10L * done / steps);
                if (tenths <= reported) return;
                reported = tenths;
                output.WriteLine($"{name}: {done:N0} of {steps:N0}");
            }
        };
    }

    /// <inheritdoc/>
    public void WriteLine(string line)
    {
        lock (_lock) output.WriteLine(line);
    }
}
