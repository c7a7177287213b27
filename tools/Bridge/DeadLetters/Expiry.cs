using Microsoft.Extensions.Logging;

namespace Scoring.Bridge.DeadLetters;

/// <summary>Deletes the files of folders that were last written more than some days ago.</summary>
internal sealed partial class Expiry(IReadOnlyList<(string Folder, int Days)> folders, TimeProvider time, ILogger<Expiry> log)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>Deletes at start and then regularly, until it is cancelled.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            foreach (var (folder, days) in folders) Sweep(folder, days);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private void Sweep(string folder, int days)
    {
        var before = time.GetUtcNow().AddDays(-days);
        foreach (var file in new DirectoryInfo(PrivateFiles.Folder(folder)).EnumerateFiles())
        {
            try
            {
                if (file.LastWriteTimeUtc <= before) file.Delete();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                LogKept(exception.GetType().Name); // tried again in an hour
            }
        }
    }

    [LoggerMessage(7101, LogLevel.Error, "A file that has expired cannot be deleted: {Kind}")]
    private partial void LogKept(string kind);
}
