using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Rules;

namespace Scoring.Erasures;

/// <summary>
/// Appends tombstones: how many entries lose their bodies, why, and the platform's signature over both and the place. Whoever can write to
/// the database but has not the key cannot pass a deletion off as somebody's leaving.
/// </summary>
internal sealed class TombstoneWriter(ReceiptSigner signer)
{
    /// <summary>Appends one to a locked partition; returns its position.</summary>
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
        // Detached (RFC 7515, appendix F): what is signed stands in the row itself.
        var parts = signer.Sign(CanonicalJson.Write(statement), ReceiptSigner.ErasureType).Split('.');
        body["signature"] = $"{parts[0]}..{parts[2]}";
        return await locked.AppendPublic(partition, kind, day, CanonicalJson.Write(body), cancellationToken);
    }
}

/// <summary>Why entries lose their bodies: exactly one member is set, or none when their days are over.</summary>
/// <param name="Request">
/// SHA-256, in base64url, of the access token by which the participant asked: signed by the identity provider, not by the platform.
/// </param>
/// <param name="Act">Number of the public act that ended the programme.</param>
/// <param name="IsReplayed">Whether a restored copy is erased again by the list outside it.</param>
internal sealed record ErasureCause(string? Request = null, long? Act = null, bool IsReplayed = false)
{
    /// <summary>Entries past their retention.</summary>
    public static ErasureCause Expiry { get; } = new();

    /// <summary>As members of a tombstone.</summary>
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
