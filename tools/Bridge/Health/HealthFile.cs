using System.Text.Json;
using Scoring.Bridge.Settings;

namespace Scoring.Bridge.Health;

/// <summary>What the bridge says of itself: numbers alone.</summary>
/// <param name="Status"><c>carrying</c>, or <c>waiting</c> while the platform or the dead-letter place takes nothing.</param>
/// <param name="Carried">Events that the platform took since the start.</param>
/// <param name="Refused">Events that became dead letters since the start.</param>
/// <param name="Retried">Pauses since the start.</param>
/// <param name="Lag">What waits at the origin.</param>
/// <param name="Buffered">Events in memory.</param>
/// <param name="At">When it was written.</param>
internal sealed record BridgeHealth(
    string Status, long Carried, long Refused, long Retried, long Lag, long Buffered, DateTimeOffset At);

/// <summary>
/// Writes the bridge's health to a file regularly. A file that is older than that says that the bridge hangs or has ended.
/// </summary>
internal sealed class HealthFile(BridgeOptions options, Func<BridgeHealth> health, TimeProvider time)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>Writes the file until it is cancelled; deletes it then.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        if (options.HealthFile.Length == 0) return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.HealthSeconds), time);
        try
        {
            await Write(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{BridgeOptions.Section}:{nameof(options.HealthFile)} cannot be written: {exception.Message}");
        }
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken)) await TryWrite(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            File.Delete(options.HealthFile);
        }
    }

    /// <summary>A disk that is full must not stop the bridge; the file's age tells its reader.</summary>
    private async Task TryWrite(CancellationToken cancellationToken)
    {
        try
        {
            await Write(cancellationToken);
        }
        catch (IOException)
        {
            // tried again at the next tick
        }
    }

    private async Task Write(CancellationToken cancellationToken)
    {
        var part = options.HealthFile + ".part";
        await File.WriteAllBytesAsync(part, JsonSerializer.SerializeToUtf8Bytes(health(), Format), cancellationToken);
        File.Move(part, options.HealthFile, overwrite: true); // a reader never sees half of it
    }
}
