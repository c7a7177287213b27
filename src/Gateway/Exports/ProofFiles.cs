using System.Text;
using Scoring.Archives;
using Scoring.Checkpoints;

namespace Scoring.Exports;

/// <summary>
/// What shows that entries are in the platform's logs: the latest checkpoint, the keys that it is signed by, and the way of each entry's
/// leaf to its root. Before the first checkpoint there are the keys only.
/// </summary>
internal sealed class ProofFiles(IGrainFactory grains)
{
    /// <summary>Writes the files.</summary>
    /// <param name="archive">Where they go.</param>
    /// <param name="pages">Pages of proofs in ascending turns, for a checkpoint.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public async Task Write(
        ArchiveWriter archive, Func<Checkpoint, IAsyncEnumerable<IReadOnlyList<ExportedProof>>> pages, CancellationToken cancellationToken)
    {
        var checkpoints = grains.GetGrain<ICheckpointGrain>(0);
        var keys = await checkpoints.Keys().WaitAsync(cancellationToken);
        await archive.File("checkpoint-keys.txt", Encoding.UTF8.GetBytes(string.Concat(keys.Select(key => key + "\n"))));
        if (await checkpoints.Latest().WaitAsync(cancellationToken) is not { } latest) return;
        await archive.File("checkpoint.txt", Encoding.UTF8.GetBytes(latest.Note));
        await archive.File("proofs.json", file => Proofs(file, pages(latest)));
    }

    private static async Task Proofs(ArchiveFile file, IAsyncEnumerable<IReadOnlyList<ExportedProof>> pages)
    {
        using var rows = new JsonRows(file);
        await foreach (var page in pages)
        {
            foreach (var (turn, proof) in page)
            {
                rows.AddObject(json =>
                {
                    json.WriteNumber("turn", turn);
                    json.WriteNumber("position", proof.Position);
                    json.WriteStartArray("path");
                    foreach (var node in proof.Path) json.WriteStringValue(Convert.ToHexStringLower(node));
                    json.WriteEndArray();
                });
            }
            await file.Flush();
        }
        rows.End();
    }
}
