using Microsoft.Extensions.Time.Testing;
using Scoring.Keys;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>Rows that a superuser changes by hand are not signed over and fit no proof.</summary>
public sealed class CheckpointTamperingTests(PostgresServer server) : IAsyncLifetime
{
    private const string DisableTriggers = "ALTER TABLE ledger.checkpoint DISABLE TRIGGER USER;";

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private LedgerStage _stage = null!;
    private Checkpoint _sealedBefore = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stage = await LedgerStage.Open(server);
        await _stage.Execute("""
            INSERT INTO ledger.entry (partition, position, kind, leaf)
            SELECT 1, n, 15, sha256(int8send(n)) FROM generate_series(1, 1000) n;
            UPDATE ledger.head SET position = 1000 WHERE partition = 1
            """);
        _sealedBefore = (await _stage.Seal(_time)).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromHours(1));
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData("UPDATE ledger.tile SET hashes = set_byte(hashes, 5, get_byte(hashes, 5) # 1)")]
    [InlineData("DELETE FROM ledger.tile")]
    [InlineData("UPDATE ledger.checkpoint SET note = replace(note, 'partition 1 1024', 'partition 1 768')")]
    [InlineData("UPDATE ledger.checkpoint SET leaf = sha256(leaf)")]
    [InlineData("UPDATE ledger.checkpoint SET number = 2")]
    [InlineData("DELETE FROM ledger.checkpoint; INSERT INTO ledger.checkpoint (number, leaf, note) VALUES (1, sha256(''), 'x')")]
    public async Task Nothing_is_signed_on_top_of_changed_rows(string change)
    {
        // Missing tiles are built again. The changed leaf makes the rebuilt tree differ.
        await _stage.Execute($"{DisableTriggers} {change}; UPDATE ledger.entry SET leaf = sha256(leaf) WHERE position = 3");
        await Should.ThrowAsync<SealBrokenException>(() => _stage.Seal(_time));
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.checkpoint")).ShouldBe(1);
    }

    [Fact]
    public async Task A_missing_row_below_the_head_is_not_sealed_over()
    {
        await _stage.Execute("""
            INSERT INTO ledger.entry (partition, position, kind, leaf)
            SELECT 1, n, 15, sha256(int8send(n)) FROM generate_series(1025, 1600) n WHERE n <> 1100;
            UPDATE ledger.head SET position = 1600 WHERE partition = 1
            """);
        await Should.ThrowAsync<SealBrokenException>(() => _stage.Seal(_time));
    }

    [Fact]
    public async Task Another_key_or_origin_does_not_continue_the_chain()
    {
        await Should.ThrowAsync<SealBrokenException>(() =>
            _stage.Seal(_time, signer: new CheckpointSigner([.. Enumerable.Repeat((byte)7, 32)])));
        await Should.ThrowAsync<SealBrokenException>(() =>
            _stage.Seal(_time, new CheckpointOptions { Origin = "other.example/ledger" }));
        var renewed = new CheckpointOptions();
        renewed.FormerKeys.Add(new CheckpointSigner(new byte[32]).Key("scoring.local/ledger").ToString());
        (await _stage.Seal(_time, renewed, new CheckpointSigner([.. Enumerable.Repeat((byte)7, 32)]))).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("UPDATE ledger.entry SET leaf = set_byte(leaf, 0, get_byte(leaf, 0) # 1) WHERE position = 300", 300)]
    [InlineData("UPDATE ledger.entry SET leaf = sha256(leaf) WHERE position = 301", 300)]
    [InlineData("DELETE FROM ledger.entry WHERE position = 290", 300)]
    [InlineData("DELETE FROM ledger.entry WHERE position = 300", 300)]
    [InlineData("UPDATE ledger.tile SET hashes = overlay(hashes PLACING sha256('') FROM 1)", 300)]
    [InlineData("DELETE FROM ledger.tile", 300)]
    [InlineData(
        "UPDATE ledger.entry a SET leaf = b.leaf FROM ledger.entry b WHERE (a.position, b.position) IN ((300, 310), (310, 300))", 300)]
    public async Task Changed_rows_fit_no_root(string change, long position)
    {
        (await Proof(position)).ShouldBeTrue();
        await _stage.Execute($"{DisableTriggers} {change}");
        (await Proof(position)).ShouldBeFalse();
    }

    private async Task<bool> Proof(long position)
    {
        var proofs = await _stage.Checkpoints.Inclusion(_sealedBefore, 1, [position], Cancel);
        return ReferenceMerkleLog.Holds(proofs.Single(), _sealedBefore.Logs[1].Size, _sealedBefore.Logs[1].Root);
    }
}
