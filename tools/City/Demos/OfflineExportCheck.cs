using System.Globalization;
using System.Text.Json;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Client;
using Scoring.Verify.Checkpoints;
using Scoring.Verify.Commands;

namespace Scoring.City.Demos;

/// <summary>
/// Exports every participant's data, and checks each archive as the participant can at home: without the platform, against the checkpoint
/// that covers it, with the published keys.
/// </summary>
public static class OfflineExportCheck
{
    private const int Parallel = 2;

    /// <summary>Checks the archive of every resident. Returns how many were accepted, and the reports of the others.</summary>
    public static async Task<(int Accepted, IReadOnlyList<string> Refused)> Run(
        Session session, IReadOnlyList<Resident> people, Action<int> done, CancellationToken cancellationToken)
    {
        await WaitForCheckpoint(session, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("scoring-exports-").FullName;
        try
        {
            var key = (await session.Api.Checkpoints.ReadKeys(cancellationToken)).Split('\n')[0];
            var receipts = Path.Combine(folder, "receipt-keys.json");
            var receiptKeys = await session.Api.Receipts.ReadKeys(cancellationToken);
            await File.WriteAllTextAsync(receipts, JsonSerializer.Serialize(receiptKeys, ScoringJson.Options), cancellationToken);
            var accepted = 0;
            var refused = new List<string>();
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken };
            await System.Threading.Tasks.Parallel.ForAsync(0, people.Count, parallel, async (i, stop) =>
            {
                var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i}.zip"));
                var resident = people[i];
                var participant = session.Api.As(session.Credentials.ParticipantToken(resident.Participant));
                await using (var zip = File.Create(file))
                    await participant.Subjects.Of(resident.Programme, resident.Ordinal!.Value).Export(zip, stop);
                using var report = new StringWriter();
                var code = await VerifyCommands.Run(["archive", file, "--key", key, "--receipt-keys", receipts], report, report);
                File.Delete(file);
                lock (refused)
                {
                    if (code == 0 && !report.ToString().Contains("[newer]", StringComparison.Ordinal)) accepted++;
                    else refused.Add(report.ToString());
                    done(accepted + refused.Count);
                }
            });
            return (accepted, refused);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Waits for the second checkpoint from now: the first one may have begun before the last event.</summary>
    private static async Task WaitForCheckpoint(Session session, CancellationToken cancellationToken)
    {
        var before = await LatestCheckpointNumber(session, cancellationToken);
        while (await LatestCheckpointNumber(session, cancellationToken) < before + 2) await Task.Delay(200, cancellationToken);
    }

    private static async Task<long> LatestCheckpointNumber(Session session, CancellationToken cancellationToken) =>
        await session.Api.Checkpoints.FindLatest(cancellationToken).OrNull() is { } note ? Checkpoint.Read(note).Number : 0;
}
