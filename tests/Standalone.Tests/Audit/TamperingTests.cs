using System.Globalization;
using Scoring.Hosting;

namespace Scoring.Audit;

/// <summary>Tests that a superuser of the database cannot change the ledger unnoticed.</summary>
public sealed class TamperingTests
{
    private const int TamperedEvents = 12;
    private const int TamperedTurn = 8;

    /// <summary>The advisory lock of the silo's <c>CheckpointService</c>, under which it makes tiles and checkpoints.</summary>
    private const long SealerLock = 0x5C0_5EA1;

    private const string Clear = "kind = 0, subject = NULL, turn = NULL, key = NULL, day = NULL, body = NULL";

    private const string LongerDistance =
        """
        UPDATE ledger.entry SET body = convert_to(replace(convert_from(body, 'UTF8'), '"distanceKm":', '"distanceKm":9'), 'UTF8')
        WHERE subject = $S AND turn = $T;
        """;

    /// <summary>Each change, its SQL ($S is the subject, $T a turn in the middle), and the verifier's finding.</summary>
    private static readonly (string What, string Change, string Code)[] Tamperings =
    [
        ("a flipped byte",
            "UPDATE ledger.entry SET body = set_byte(body, 11, get_byte(body, 11) # 1) WHERE subject = $S AND turn = $T", "entry-changed"),
        ("a flipped byte that leaves no JSON",
            "UPDATE ledger.entry SET body = set_byte(body, 0, get_byte(body, 0) # 1) WHERE subject = $S AND turn = $T", "unreadable"),
        ("a changed entry, hashed again", LongerDistance + Rehash, "proof-wrong"),
        ("an entry dated back, hashed again",
            "UPDATE ledger.entry SET day = day - 3 WHERE subject = $S AND turn = $T;" + Rehash, "proof-wrong"),
        ("two entries swapped, hashed again",
            """
            UPDATE ledger.entry a SET body = b.body FROM ledger.entry b
            WHERE a.subject = $S AND b.subject = $S AND (a.turn, b.turn) IN (($T, $T + 1), ($T + 1, $T));
            """ + Rehash, "proof-wrong"),
        ("an entry left out", $"UPDATE ledger.entry SET {Clear} WHERE subject = $S AND turn = $T", "entry-left-out"),
        ("an entry left out and the others renumbered, hashed again",
            $"""
            UPDATE ledger.entry SET {Clear} WHERE subject = $S AND turn = $T;
            UPDATE ledger.entry SET turn = -turn WHERE subject = $S AND turn > $T;
            UPDATE ledger.entry SET turn = -turn - 1 WHERE subject = $S AND turn < 0;
            """ + Rehash, "proof-wrong"),
        ("an entry put in where filling was, hashed again",
            """
            UPDATE ledger.entry f SET kind = 1, subject = $S, turn = (SELECT max(turn) + 1 FROM ledger.entry WHERE subject = $S),
                key = gen_random_uuid(), day = e.day, body = e.body
            FROM ledger.entry e WHERE e.subject = $S AND e.turn = $T AND (f.partition, f.position) = (
                SELECT partition, max(position) FROM ledger.entry WHERE kind = 15 AND partition = e.partition GROUP BY partition);
            """ + Rehash, "proof-wrong"),
    ];

    /// <summary>Recomputes the leaf of each changed row, as an attacker with the subject's ledger key can.</summary>
    private const string Rehash = """
        UPDATE ledger.entry e SET leaf = sha256('\x00'::bytea || sha256(o.ledger_key || int8send(turn))
            || substring(int2send(e.kind) FROM 2) || int4send(day - date '2000-01-01') || uuid_send(key) || body
            || int8send(e.subject) || int4send(e.partition) || int8send(position) || int8send(turn))
        FROM ledger.enrolment o WHERE o.subject = $S AND e.subject = $S
        """;

    [Fact]
    public async Task Offline_verification_refuses_what_a_superuser_changed()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(240));
        await using var city = await AuditedCity.Start(timeout.Token);
        for (var i = 0; i < TamperedEvents; i++) await city.Send($"more-{i}", 5 + i);
        await city.Query();
        await city.Sealed();
        (await city.Verify()).ShouldBe(0, city.VerifierOutput);
        var held = city.File(await city.Text("/v1/checkpoints/latest"));
        await using var database = new StandaloneDatabase(city.Folder);
        await database.Administer("CREATE TABLE public.as_it_was AS SELECT * FROM ledger.entry");
        var subject = await database.Scalar<long>(
            "SELECT subject FROM ledger.entry WHERE kind = 1 GROUP BY subject ORDER BY count(*) DESC LIMIT 1");

        foreach (var (what, change, code) in Tamperings)
        {
            await database.Administer(Statement(change, subject));
            (await city.Verify()).ShouldBe(1, what + city.VerifierOutput);
            city.VerifierOutput.ShouldContain($"[{code}]", customMessage: what + city.VerifierOutput);
            await database.Administer("""
                SET session_replication_role = replica; DELETE FROM ledger.entry e USING public.as_it_was w
                WHERE e.partition = w.partition AND e.position = w.position; INSERT INTO ledger.entry SELECT * FROM public.as_it_was
                """);
            (await city.Verify()).ShouldBe(0, city.VerifierOutput);
        }

        await ShouldDetectAResignedLog(city, database, subject, held);
    }

    /// <summary>
    /// Rebuilds the whole log on top of a changed entry and lets the platform sign it: only a checkpoint that was kept outside reveals it.
    /// </summary>
    private static async Task ShouldDetectAResignedLog(AuditedCity city, StandaloneDatabase database, long subject, string held)
    {
        // A checkpoint that is being made would continue the deleted log, so its lock is waited for.
        await database.Administer($"SELECT pg_advisory_xact_lock({SealerLock});" + Statement(
            LongerDistance + Rehash + "; DELETE FROM ledger.tile; DELETE FROM ledger.cosignature; DELETE FROM ledger.checkpoint", subject));
        await city.Sealed();
        (await city.Verify()).ShouldBe(0, "the rebuilt log is consistent in itself" + city.VerifierOutput);
        var number = AuditedCity.CheckpointNumber(await File.ReadAllTextAsync(held));
        while (AuditedCity.CheckpointNumber(await city.Text("/v1/checkpoints/latest")) < number) await city.Sealed();
        var latest = AuditedCity.CheckpointNumber(await city.Text("/v1/checkpoints/latest"));
        var consistency = city.File(await city.Text($"/v1/checkpoints/consistency?from={number}&to={latest}"));
        (await city.Verify("--held", held, "--consistency", consistency)).ShouldBe(1);
        city.VerifierOutput.ShouldContain("[chain-");
    }

    private static string Statement(string change, long subject) => "SET session_replication_role = replica;" + change
        .Replace("$S", subject.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("$T", TamperedTurn.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
