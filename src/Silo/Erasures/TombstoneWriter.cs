using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Rules;

namespace Scoring.Erasures;

/// <summary>
/// Appends tombstones. A tombstone says how many entries lose their bodies and why, and bears the platform's signature over both and over
/// its position. An attacker who can write to the database but does not have the key cannot present a deletion as a withdrawal.
/// </summary>
internal sealed class TombstoneWriter(ReceiptSigner signer)
{
    /// <summary>Appends a tombstone to a locked partition; returns its position.</summary>
    public async Task<long> Append(
        LockedTransaction locked, short partition, EntryKind kind, DateOnly day, long entries, ErasureCause cause,
        CancellationToken cancellationToken)
    {
        var position = await locked.Head(partition, cancellationToken) + 1;
        var body = cause.Members;
        body["entries"] = entries;
        var statement = body.DeepClone().AsObject();
        statement["day"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        statement["kind"] = (byte)kind;
        statement["partition"] = partition;
        statement["position"] = position;
        // A detached signature (RFC 7515, appendix F), because the row itself holds what is signed.
        var parts = signer.Sign(CanonicalJson.Write(statement), ReceiptSigner.ErasureType).Split('.');
        body["signature"] = $"{parts[0]}..{parts[2]}";
        return await locked.AppendPublic(partition, kind, day, CanonicalJson.Write(body), cancellationToken);
    }
}

/// <summary>Why entries lose their bodies. Exactly one member is set, or none when their retention has passed.</summary>
/// <param name="Request">
/// SHA-256, in base64url, of the access token with which the participant asked. The identity provider signed that token, not the platform.
/// </param>
/// <param name="Act">Number of the public action that ended the programme.</param>
/// <param name="IsReplayed">Whether a restored database is erased again from the erasure list.</param>
internal sealed record ErasureCause(string? Request = null, long? Act = null, bool IsReplayed = false)
{
    /// <summary>The entries are past their retention.</summary>
    public static ErasureCause Expiry { get; } = new();

    /// <summary>The cause as JSON members of a tombstone.</summary>
    public JsonObject Members
    {
        get
        {
            var members = new JsonObject();
            if (Request is not null) members["request"] = Request;
            if (Act is not null) members["act"] = Act;
            if (IsReplayed) members["replayed"] = true;
            return members;
        }
    }
}
