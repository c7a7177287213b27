using static System.FormattableString;

namespace Scoring.Client;

/// <summary>Signed notes of the sizes and roots of all logs, and proofs between them. No access token is needed.</summary>
public sealed class CheckpointsClient
{
    private const string Text = "text/plain";

    private readonly RequestSender _sender;

    internal CheckpointsClient(RequestSender sender) => _sender = sender;

    /// <summary>
    /// Returns the latest checkpoint, a signed note. It is refused with <see cref="ProblemKinds.NotFound"/> before the first.
    /// </summary>
    [Operation("latestCheckpoint")]
    public Task<string> FindLatest(CancellationToken cancellationToken = default) => GetText("latest", cancellationToken);

    /// <summary>Returns an earlier checkpoint, a signed note.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("findCheckpoint")]
    public Task<string> Find(long number, CancellationToken cancellationToken = default) =>
        GetText(Invariant($"{number}"), cancellationToken);

    /// <summary>Returns the proof that a later checkpoint extends an earlier one.</summary>
    /// <param name="from">The number of the earlier checkpoint.</param>
    /// <param name="to">The number of the later checkpoint.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("readConsistency")]
    public Task<ConsistencyResponse> ReadConsistency(long from, long to, CancellationToken cancellationToken = default) =>
        _sender.Get<ConsistencyResponse>(
            RequestPath.Query("v1/checkpoints/consistency", ("from", from), ("to", to)), cancellationToken);

    /// <summary>Returns the verifier keys of checkpoints and witnesses, one a line; the platform's key comes first.</summary>
    [Operation("readCheckpointKeys")]
    public Task<string> ReadKeys(CancellationToken cancellationToken = default) => GetText("keys", cancellationToken);

    /// <summary>For a witness: returns a checkpoint with its proof, and leaves a cosignature when the request holds one.</summary>
    /// <param name="number">The checkpoint's number, from 1.</param>
    /// <param name="request">The last checkpoint that the witness saw, and the cosignature.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("witnessCheckpoint")]
    public Task<WitnessResponse> Witness(long number, WitnessRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<WitnessResponse>(
            RequestSender.Request(HttpMethod.Post, Invariant($"v1/checkpoints/{number}/witnesses"), request, Repeat.Harmless),
            cancellationToken);

    private Task<string> GetText(string name, CancellationToken cancellationToken) =>
        _sender.SendForText(RequestSender.Request(HttpMethod.Get, "v1/checkpoints/" + name), Text, cancellationToken);
}
