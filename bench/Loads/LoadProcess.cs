using System.Diagnostics;
using Scoring.City;

namespace Scoring.Bench.Loads;

/// <summary>
/// Sends requests from a process of its own, so that the load's share of the processors is known, and its garbage collection stops no
/// request of the platform.
/// </summary>
public sealed class LoadProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly BinaryReader _answers;
    private readonly BinaryWriter _requests;

    private LoadProcess(Process process)
    {
        _process = process;
        _requests = new BinaryWriter(new BufferedStream(process.StandardInput.BaseStream, 1 << 20));
        _answers = new BinaryReader(new BufferedStream(process.StandardOutput.BaseStream, 1 << 20));
    }

    /// <summary>The processor time of the process so far, in seconds.</summary>
    public double ProcessorSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Starts the process, and returns when it is connected and has all requests in memory.</summary>
    public static async Task<LoadProcess> Start(LoadPlan plan, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(LoadProcess).Assembly.Location);
        start.ArgumentList.Add(SendCommand.Name);
        start.Environment["DOTNET_gcServer"] = "0";
        var load = new LoadProcess(Process.Start(start)!);
        try
        {
            await load.Talk(
                () =>
                {
                    LoadFormat.Write(load._requests, plan);
                    load._requests.Flush();
                    return load._answers.ReadBoolean();
                },
                cancellationToken);
            return load;
        }
        catch
        {
            await load.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends the requests. Returns the answers, and the time from the first request to the last answer.</summary>
    public Task<(LoadAnswer[] Answers, TimeSpan Took)> Run(CancellationToken cancellationToken) => Talk(
        () =>
        {
            _requests.Write(true);
            _requests.Flush();
            return LoadFormat.ReadAnswers(_answers);
        },
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        catch (InvalidOperationException)
        {
            // The process has ended.
        }
        _process.Dispose();
    }

    private async Task<T> Talk<T>(Func<T> talk, CancellationToken cancellationToken)
    {
        await using var kill = cancellationToken.Register(() => _process.Kill());
        try
        {
            return await Task.Run(talk, cancellationToken);
        }
        catch (IOException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new CityException($"The load process ended: {exception.Message}");
        }
    }
}
