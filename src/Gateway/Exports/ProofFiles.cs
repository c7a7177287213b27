using System.Text;
using Scoring.Archives;
using Scoring.Checkpoints;

namespace Scoring.Exports;

/// <summary>
/// Writes what proves that entries are in the platform's logs: the latest checkpoint, its public keys, and the Merkle path of each entry.
/// Before the first checkpoint there are the keys only.
/// </summary>
internal sealed class ProofFiles(IGrainFactory grains)
{
    /// <summary>Writes the files.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="pages">Reads pages of proofs for a checkpoint, in ascending turns.</param>
    /// <param name="cancellationToken">Aborts the archive.</param>
    public async Task Write(
        ArchiveWriter archive, Func<Checkpoint, IAsyncEnumerable<IReadOnlyList<ExportedProof>>> pages, CancellationToken cancellationToken)
    {
        var checkpoints = grains.GetGrain<ICheckpointGrain>(0);
        var keys = await checkpoints.Keys().WaitAsync(cancellationToken);
        await archive.File("checkpoint-keys.txt", Encoding.UTF8.GetBytes(string.Concat(keys.Select(key => key + "\n"))));
        if (await checkpoints.Latest().WaitAsync(cancellationToken) is not { } latest) return;
        await archive.File("checkpoint.txt", Encoding.UTF8.GetBytes(latest.Note));
        await archive.File("proofs.json", file => WriteProofs(file, pages(latest)));
    }

    private static async Task WriteProofs(ArchiveFile file, IAsyncEnumerable<IReadOnlyList<ExportedProof>> pages)
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
