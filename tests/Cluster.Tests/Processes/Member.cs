using Scoring.Cluster;

namespace Scoring.Processes;

/// <summary>
/// A silo or a gateway that is ended and started again at the same place, as by a supervisor of services.
/// </summary>
/// <param name="project">The project: Silo or Gateway.</param>
/// <param name="name">The name in reports.</param>
/// <param name="settings">The settings of each start.</param>
/// <param name="prefix">A command that starts the process by replacing itself, with its arguments.</param>
internal sealed class Member(string project, string name, (string Name, string Value)[] settings, params string[] prefix)
    : IAsyncDisposable
{
    private PlatformProcess? _process;

    public string Name => name;

    /// <summary>Whether it should run now.</summary>
    public bool IsWanted { get; private set; }

    /// <summary>Whether it should run and has ended by itself.</summary>
    public bool HasEndedByItself => IsWanted && _process?.HasExited != false;

    /// <summary>The folder with the build that the next start uses; <see langword="null"/> for the tests' own.</summary>
    public string? Build { get; set; }

    /// <summary>The last output.</summary>
    public string Tail => $"{name}:\n{_process?.Tail}";

    /// <summary>The memory that it has in RAM, in bytes; 0 when it does not run.</summary>
    public long ResidentBytes => _process?.ResidentBytes ?? 0;

    public string Setting(string setting) => settings.Last(one => one.Name == setting).Value;

    public async Task Start()
    {
        if (_process is not null) await _process.DisposeAsync();
        _process = PlatformProcess.Start(project, settings, Build, prefix);
        IsWanted = true;
    }

    /// <summary>Ends it by SIGKILL.</summary>
    public async Task Kill()
    {
        IsWanted = false;
        if (_process is not null) await _process.Kill();
    }

    /// <summary>Asks it to stop by SIGTERM, and waits until it has ended. Returns its exit code.</summary>
    public async Task<int> Stop(CancellationToken cancellationToken)
    {
        IsWanted = false;
        await _process!.Signal("TERM");
        return await _process.WaitForExit(cancellationToken);
    }

    /// <summary>Stops its execution; all its connections stay open.</summary>
    public Task Freeze() => _process!.Signal("STOP");

    /// <summary>Continues its execution.</summary>
    public Task Resume() => _process!.Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        IsWanted = false;
        if (_process is not null) await _process.DisposeAsync();
    }
}
