using System.Globalization;
using System.Net;
using System.Text;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.Verify.Checkpoints;
using Scoring.Verify.Commands;

namespace Scoring.City.Demos;

/// <summary>
/// Everyone takes their data along, and each archive is checked as they would at home: without the platform, against the checkpoint that
/// covers it, by keys that were published.
/// </summary>
public static class OfflineExportCheck
{
    private const int Parallel = 2;

    /// <summary>Checks everyone's archive; returns how many were accepted, and why others were not.</summary>
    public static async Task<(int Accepted, IReadOnlyList<string> Refused)> Run(
        Session session, IReadOnlyList<Resident> people, Action<int> done, CancellationToken cancellationToken)
    {
        await WaitForCheckpoint(session, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("scoring-exports-").FullName;
        try
        {
            var key = (await GetText(session, "/v1/checkpoints/keys", cancellationToken)).Split('\n')[0];
            var receipts = Path.Combine(folder, "receipt-keys.json");
            await File.WriteAllTextAsync(receipts, await GetText(session, "/v1/receipts/keys", cancellationToken), cancellationToken);
            var (accepted, refused) = (0, new List<string>());
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken };
            await System.Threading.Tasks.Parallel.ForAsync(0, people.Count, parallel, async (i, stop) =>
            {
                var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i}.zip"));
                var who = people[i];
                var rights = new Platform.ParticipantClient(
                    session.Api, session.Credentials.ParticipantToken(who.Participant), who.Programme, who.Ordinal!.Value);
                await using (var zip = File.Create(file)) await rights.Export(zip, stop);
                using var told = new StringWriter();
                var code = await VerifyCommands.Run(["archive", file, "--key", key, "--receipt-keys", receipts], told, told);
                File.Delete(file);
                lock (refused)
                {
                    if (code == 0 && !told.ToString().Contains("[newer]", StringComparison.Ordinal)) accepted++;
                    else refused.Add(told.ToString());
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

    /// <summary>Waits until a checkpoint was begun after now: the second one from here.</summary>
    private static async Task WaitForCheckpoint(Session session, CancellationToken cancellationToken)
    {
        var before = await LatestCheckpointNumber(session, cancellationToken);
        while (await LatestCheckpointNumber(session, cancellationToken) < before + 2) await Task.Delay(200, cancellationToken);
    }

    private static async Task<long> LatestCheckpointNumber(Session session, CancellationToken cancellationToken)
    {
        var (status, note) = await Get(session, "/v1/checkpoints/latest", cancellationToken);
        return status == HttpStatusCode.OK ? Checkpoint.Read(note).Number : 0;
    }

    private static async Task<string> GetText(Session session, string path, CancellationToken cancellationToken)
    {
        var (status, text) = await Get(session, path, cancellationToken);
        return status == HttpStatusCode.OK ? text : throw new CityException($"{path} was answered with {(int)status}.");
    }

    private static Task<(HttpStatusCode Status, string Answer)> Get(Session session, string path, CancellationToken cancellationToken) =>
        session.Api.Send(HttpMethod.Get, path, null, null, "application/json", cancellationToken);
}
