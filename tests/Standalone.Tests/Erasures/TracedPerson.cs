using System.Text;
using System.Text.Json;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Programmes;
using Scoring.Testing;

namespace Scoring.Erasures;

/// <summary>
/// All values that identify a person: those that were sent about them, and those that the platform derives with its keys.
/// </summary>
internal sealed record TracedPerson(Resident Resident, string EventId, Trip Trip, string Grant)
{
    private const int PieceBytes = 8;

    private static readonly ProgrammeId Programme = ProgrammeId.Parse("safe-driver");

    private Handle Handle => Resident.HandleFor(EventFamily.Traffic);

    /// <summary>Returns the values as sent, and their hashes.</summary>
    public IEnumerable<(string What, byte[] Bytes)> Traces(string folder, string service)
    {
        var keys = PlatformKeyFile.Read(Path.Combine(folder, "keys.json")).Keys;
        var grantHash = keys.GrantHash(service, Grant);
        return
        [
            .. Canary.Text("handle", Handle.Token), .. Canary.Text("event id", EventId), .. Canary.Text("grant", Grant),
            .. Canary.Text("participant", Resident.Participant),
            .. Canary.Text("attributes", Trip.Canonical), .. Canary.Text("attributes as sent", Trip.Sent),
            .. Canary.Hash("handle hash", keys.HandleHash(Handle.Source, Programme, Handle.Token)),
            .. Canary.Hash("event key", PlatformKeys.EventKey(Handle.Source, EventId).ToByteArray(bigEndian: true)),
            .. Canary.Hash("grant hash", grantHash),
            .. Enumerable.Range(0, Resident.Ordinal is null ? 1 : 32)
                .SelectMany(n => Canary.Hash("locator", keys.Locator(Resident.Participant, Programme, n))),
            .. References(keys, grantHash),
        ];
    }

    /// <summary>Reads the random values that the platform stores for an enrolled subject; the subject must still be enrolled.</summary>
    public async Task<IReadOnlyList<(string What, byte[] Bytes)>> Stored(string folder, StandaloneDatabase database)
    {
        var keys = PlatformKeyFile.Read(Path.Combine(folder, "keys.json")).Keys;
        var hash = Convert.ToHexStringLower(keys.HandleHash(Handle.Source, Programme, Handle.Token));
        var subject = await database.Scalar<long>($"SELECT subject FROM ledger.handle WHERE hash = '\\x{hash}'");
        var of = $"WHERE subject = {subject}";
        var receipt = await database.Scalar<string>(
            $"SELECT convert_from(body, 'UTF8')::json ->> 'receipt' FROM ledger.entry {of} AND turn = 1");
        var parts = receipt.Split('.');
        using var consent = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        var record = consent.RootElement.GetProperty("dpv:hasRecordOfActivity");
        return
        [
            .. Canary.Number("subject", subject),
            .. Canary.Hash("ledger key", await database.Scalar<byte[]>($"SELECT ledger_key FROM ledger.enrolment {of}")),
            .. (await database.Rows<string>($"SELECT id FROM ledger.handle {of} UNION ALL SELECT id FROM ledger.grant_ {of}"))
                .SelectMany(id => Canary.Text("name in lists", id)),
            .. (await database.Rows<Guid>($"SELECT key FROM ledger.entry {of}"))
                .SelectMany(key => Canary.Hash("entry key", key.ToByteArray(bigEndian: true))),
            .. Canary.Text("receipt's id", Identifier(consent.RootElement)),
            .. Canary.Text("receipt's record", Identifier(record)),
            .. Canary.Text("receipt's principal", Identifier(record.GetProperty("dpv:hasDataSubject"))),
            .. Pieces("receipt's signature", Encoding.UTF8.GetBytes(parts[2])),
        ];
    }

    /// <summary>Cuts a value into pieces: PostgreSQL compresses a large body, and only short runs of new bytes stay readable.</summary>
    private static IEnumerable<(string What, byte[] Bytes)> Pieces(string what, byte[] bytes) =>
        Enumerable.Range(0, bytes.Length - PieceBytes + 1).Select(i => (what, bytes[i..(i + PieceBytes)]));

    private static string Identifier(JsonElement of) => of.GetProperty("dct:identifier").GetString()!;

    /// <summary>Returns the references of the last hour's answers, as services see them and as keys of entries.</summary>
    private static IEnumerable<(string What, byte[] Bytes)> References(PlatformKeys keys, byte[] grantHash)
    {
        var window = Scores.ValidityWindow.At(TimeProvider.System.GetUtcNow(), grantHash, TimeSpan.FromMinutes(5)).Number;
        return Enumerable.Range(-12, 14).SelectMany(n =>
            Canary.Hash("reference", keys.Reference(grantHash, window + n).ToByteArray(bigEndian: true)));
    }
}
