using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Scoring.Keys;
using Scoring.Rules;
using Scoring.Storage;

namespace Scoring.Erasures;

public sealed class TombstoneTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_withdrawal_keeps_the_hash_of_its_token_signed_for_its_exact_position()
    {
        var one = await Enrol();
        (await _stage.PostgresEnrolments.Withdraw(one, Some.Day, Some.Request, Cancel)).ShouldNotBeNull();
        var tombstone = (await Tombstones()).ShouldHaveSingleItem();
        tombstone.Body.Select(member => member.Key).ShouldBe(["entries", "request", "signature"]);
        ((string?)tombstone.Body["request"], (long)tombstone.Body["entries"]!).ShouldBe((Some.Request, 2));
        Holds(tombstone).ShouldBeTrue();
        foreach (var moved in (Tombstone[])[
            tombstone with { Position = tombstone.Position + 1 }, tombstone with { Partition = tombstone.Partition + 1 },
            tombstone with { Day = tombstone.Day.AddDays(1) }, tombstone with { Kind = 19 }, With(tombstone, "entries", 3),
            With(tombstone, "request", "another")])
            Holds(moved).ShouldBeFalse();
    }

    [Fact]
    public async Task The_erasure_of_an_ended_programme_names_its_act_and_no_request()
    {
        await Enrol();
        await _stage.Execute("""
            UPDATE ledger.head SET position = position + 1 WHERE partition = 0;
            INSERT INTO ledger.entry (partition, position, kind, day, leaf, body)
            SELECT 0, position, 16, '2026-03-01', sha256(''), convert_to('{"act":"ended","number":1}', 'UTF8')
            FROM ledger.head WHERE partition = 0;
            INSERT INTO ledger.act (number, key, position, programme)
            SELECT 1, gen_random_uuid(), position, 'safe-driver' FROM ledger.head WHERE partition = 0;
            UPDATE ledger.programme SET ended = true, suspended = true WHERE id = 'safe-driver'
            """);
        (await _stage.EndedProgrammes.Erase(Cancel)).ShouldBe(1);
        var ended = (await Tombstones()).ShouldHaveSingleItem();
        ((long?)ended.Body["act"], ended.Body["request"], Holds(ended)).ShouldBe((1, null, true));
    }

    [Fact]
    public async Task Expiries_are_signed_too()
    {
        await Enrol();
        await _stage.NewSweeper(new FakeTimeProvider(Some.Start.AddYears(3))).Sweep(Cancel);
        var expired = (await Tombstones()).ShouldHaveSingleItem();
        (expired.Kind, Holds(expired)).ShouldBe((19, true));
        expired.Body.Select(member => member.Key).ShouldBe(["entries", "signature"]);
    }

    [Fact]
    public async Task A_withdrawal_without_a_request_carries_none()
    {
        (await _stage.PostgresEnrolments.Withdraw(await Enrol(), Some.Day, null, Cancel)).ShouldNotBeNull();
        (await Tombstones()).ShouldHaveSingleItem().Body.ContainsKey("request").ShouldBeFalse();
    }

    private async Task<byte[]> Enrol()
    {
        var locators = Some.Locators();
        (await _stage.PostgresEnrolments.Enrol(Some.Enrolment(locators, Some.Handle()), Cancel)).ShouldBe(0);
        return locators[0];
    }

    private async Task<List<Tombstone>> Tombstones()
    {
        var found = new List<Tombstone>();
        foreach (var row in await _stage.Rows<string>(
            """
            SELECT partition || ' ' || position || ' ' || kind || ' ' || day || ' ' || convert_from(body, 'UTF8')
            FROM ledger.entry WHERE kind IN (14, 19)
            """))
        {
            var parts = row.Split(' ', 5);
            found.Add(new Tombstone(
                int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture),
                int.Parse(parts[2], CultureInfo.InvariantCulture), DateOnly.Parse(parts[3], CultureInfo.InvariantCulture),
                JsonNode.Parse(parts[4])!.AsObject()));
        }
        return found;
    }

    private static Tombstone With(Tombstone tombstone, string name, JsonNode value)
    {
        var body = tombstone.Body.DeepClone().AsObject();
        body[name] = value;
        return tombstone with { Body = body };
    }

    private static bool Holds(Tombstone tombstone)
    {
        var statement = tombstone.Body.DeepClone().AsObject();
        var parts = ((string)statement["signature"]!).Split('.');
        statement.Remove("signature");
        statement["day"] = tombstone.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        statement["kind"] = tombstone.Kind;
        statement["partition"] = tombstone.Partition;
        statement["position"] = tombstone.Position;
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])).ShouldContain("\"typ\":\"erasure+jws\"");
        using var key = LedgerStage.Signer.PublicKeys[0].Open();
        return key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{Base64Url.EncodeToString(CanonicalJson.Write(statement))}"),
            Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256);
    }

    private sealed record Tombstone(int Partition, long Position, int Kind, DateOnly Day, JsonObject Body);
}
