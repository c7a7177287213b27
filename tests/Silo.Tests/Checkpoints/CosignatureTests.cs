using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.Options;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Scoring.Keys;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>Keeps cosignatures of witnesses in PostgreSQL. The route is public, so anyone can send a witness's old lines again.</summary>
public sealed class CosignatureTests(PostgresServer server) : IAsyncLifetime
{
    private const ulong Time = 1_764_194_400;

    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_checkpoint_shows_the_cosignature_of_each_witness_in_the_order_of_their_names()
    {
        var checkpoint = (await _stage.Seal()).ShouldNotBeNull();
        var one = new Witness("one.example", 1);
        var two = new Witness("two.example", 2);
        var grain = Grain(one, two);

        (await grain.Witness(1, 0, two.Line(checkpoint, Time))).IsKept.ShouldBeTrue();
        var outcome = await grain.Witness(1, 0, one.Line(checkpoint, Time));

        var note = checkpoint.Note + one.Line(checkpoint, Time) + two.Line(checkpoint, Time);
        outcome.Checkpoint!.Note.ShouldBe(note);
        (await _stage.Checkpoints.Latest(Cancel))!.Note.ShouldBe(note);
        (await grain.Witness(1, 0, one.Line(checkpoint, Time)[..^9])).Refusal.ShouldBe(WitnessRefusal.NotACosignature);
        (await grain.Find(1))!.Note.ShouldBe(note);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\t")]
    [InlineData("\r\n\r\n")]
    public async Task A_line_with_white_space_inside_is_kept_as_the_witness_wrote_it(string between)
    {
        var checkpoint = (await _stage.Seal()).ShouldNotBeNull();
        var witness = new Witness("witness.example", 1);
        var grain = Grain(witness);
        var line = witness.Line(checkpoint, Time);
        (await grain.Witness(1, 0, line)).IsKept.ShouldBeTrue();

        (await grain.Witness(1, 0, line.Insert(line.Length - 30, between))).IsKept.ShouldBeTrue();

        var read = (await _stage.Checkpoints.Find(1, Cancel)).ShouldNotBeNull();
        read.Note.ShouldBe(checkpoint.Note + line);
        (await _stage.Checkpoints.Latest(Cancel))!.Number.ShouldBe(1);
    }

    [Fact]
    public async Task The_cosignature_with_the_latest_time_is_kept_in_whatever_order_they_come()
    {
        var checkpoint = (await _stage.Seal()).ShouldNotBeNull();
        var one = new Witness("one.example", 1);
        var two = new Witness("two.example", 2);
        var grain = Grain(one, two);
        foreach (var (sent, kept) in ((ulong, ulong)[])[
            (Time, Time), (Time - 1, Time), (Time + 300, Time + 300), (Time, Time + 300), (255, Time + 300), (1UL << 40, 1UL << 40)])
        {
            (await grain.Witness(1, 0, one.Line(checkpoint, sent))).Checkpoint!.Note
                .ShouldBe(checkpoint.Note + one.Line(checkpoint, kept), $"{sent}");
        }
        (await grain.Witness(1, 0, two.Line(checkpoint, Time))).Checkpoint!.Note
            .ShouldBe(checkpoint.Note + one.Line(checkpoint, 1UL << 40) + two.Line(checkpoint, Time), "each witness has a time of its own");
    }

    [Fact]
    public async Task A_witness_changes_its_key_under_its_name()
    {
        var checkpoint = (await _stage.Seal()).ShouldNotBeNull();
        var former = new Witness("one.example", 1);
        var next = new Witness("one.example", 2);
        (await Grain(former).Witness(1, 0, former.Line(checkpoint, Time))).IsKept.ShouldBeTrue();
        var grain = Grain(former, next);
        (await grain.Find(1))!.Note.ShouldBe(checkpoint.Note + former.Line(checkpoint, Time));

        (await grain.Witness(1, 0, next.Line(checkpoint, Time + 1))).IsKept.ShouldBeTrue();

        (await Grain(next).Find(1))!.Note.ShouldBe(checkpoint.Note + next.Line(checkpoint, Time + 1));
        (await Grain(next).Witness(1, 0, former.Line(checkpoint, Time + 2))).Refusal.ShouldBe(WitnessRefusal.NotACosignature);
    }

    [Fact]
    public async Task A_stored_line_that_cannot_be_read_is_replaced_by_the_same_cosignature()
    {
        var checkpoint = (await _stage.Seal()).ShouldNotBeNull();
        var witness = new Witness("witness.example", 1);
        var line = witness.Line(checkpoint, Time);
        var unreadable = line.Insert(60, "\n\t");
        await _stage.Execute(
            $"INSERT INTO ledger.cosignature (number, witness, line) VALUES (1, 'witness.example', '{unreadable}')");

        (await Grain(witness).Witness(1, 0, line)).Checkpoint!.Note.ShouldBe(checkpoint.Note + line);
    }

    private CheckpointGrain Grain(params Witness[] witnesses)
    {
        var options = new CheckpointOptions();
        foreach (var witness in witnesses) options.Witnesses.Add(witness.Key.ToString());
        return new CheckpointGrain(_stage.Checkpoints, new CheckpointSigner(new byte[32]), Options.Create(options));
    }

    private sealed class Witness
    {
        private readonly byte[] _seed = new byte[32];

        public Witness(string name, byte seed)
        {
            _seed[0] = seed;
            var key = new byte[Ed25519.PublicKeySize];
            Ed25519.GeneratePublicKey(_seed, 0, key, 0);
            Key = new VerifierKey(name, VerifierKey.Cosigns, key);
        }

        public VerifierKey Key { get; }

        public string Line(Checkpoint checkpoint, ulong seconds)
        {
            var text = CheckpointNote.TextOf(checkpoint.Note);
            var message = Encoding.UTF8.GetBytes($"cosignature/v1\ntime {seconds}\n{text}");
            var signature = new byte[Ed25519.SignatureSize];
            Ed25519.Sign(_seed, 0, message, 0, message.Length, signature, 0);
            var time = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(time, seconds);
            return Key.Line([.. time, .. signature]);
        }
    }
}
