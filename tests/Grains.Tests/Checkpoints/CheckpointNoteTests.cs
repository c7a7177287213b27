using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Scoring.Keys;

namespace Scoring.Checkpoints;

public sealed class CheckpointNoteTests
{
    private const string Origin = "city.example/ledger";

    private static readonly CheckpointSigner Signer = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    private static readonly CheckpointNote Note = new(
        Origin, 7, SHA256.HashData("root"u8),
        new CheckpointStatement(
            new(2026, 11, 26, 22, 0, 0, TimeSpan.Zero), "0123456789abcdef", "fedcba9876543210",
            [new LogHead(0, 512, SHA256.HashData("a"u8)), new LogHead(1, 0, MerkleLog.Empty)]));

    [Fact]
    public void A_checkpoint_is_text_that_anyone_can_read()
    {
        Note.Text.ShouldBe(
            $"{Origin}\n7\n{Base64("root")}\nat 2026-11-26T22:00:00Z\nlife 0123456789abcdef\nbreak fedcba9876543210\n"
            + $"partition 0 512 {Base64("a")}\npartition 1 0 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
        var signed = Signer.Sign(Origin, Note.Text);
        CheckpointNote.TextOf(signed).ShouldBe(Note.Text);
        CheckpointNote.Read(signed).Text.ShouldBe(Note.Text);
        Note.Statement.Leaf.ShouldBe(SHA256.HashData([0, .. Encoding.UTF8.GetBytes(Note.Statement.Text)]));
        Should.Throw<FormatException>(() => CheckpointNote.Read("log\n1\n"));
        Should.Throw<FormatException>(() => CheckpointNote.Read(signed.Replace("life ", "live ")));
    }

    [Fact]
    public void A_signature_verifies_only_with_its_key_and_its_text()
    {
        var key = Signer.Key(Origin);
        var line = Signer.Sign(Origin, Note.Text)[(Note.Text.Length + 1)..];
        key.Verifies(line, Note.Text).ShouldBeTrue();
        key.Verifies(line, Note.Text.Replace("512", "513")).ShouldBeFalse();
        key.Verifies(line.Replace(Origin, "other.example"), Note.Text).ShouldBeFalse();
        new CheckpointSigner(new byte[32]).Key(Origin).Verifies(line, Note.Text).ShouldBeFalse();
        foreach (var broken in (string[])["", "— ", line[..20], line.Replace("— ", "- "), line.Replace(" ", "  ")])
            key.Verifies(broken, Note.Text).ShouldBeFalse(broken);
    }

    [Fact]
    public void A_verifier_key_is_read_as_it_is_written_and_only_so()
    {
        var text = Signer.Key(Origin).ToString();
        VerifierKey.TryParse(text, out var parsed).ShouldBeTrue();
        parsed.ToString().ShouldBe(text);
        foreach (var wrong in (string[])[
            "", Origin, text[..^4], text.Replace("city", "town"), text.Replace('+', '-'), text + "A", " " + text, "+" + text])
            VerifierKey.TryParse(wrong, out _).ShouldBeFalse(wrong);
    }

    // The key, the text and the signature are the example of Go's package golang.org/x/mod/sumdb/note.
    [Fact]
    public void Notes_that_other_programs_signed_verify()
    {
        VerifierKey.TryParse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", out var key).ShouldBeTrue();
        const string text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
        const string line = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";
        key.Verifies(line, text).ShouldBeTrue();
        key.Verifies(line, text + "\n").ShouldBeFalse();
    }

    [Fact]
    public async Task A_witness_gets_a_proof_and_only_a_valid_cosignature_is_kept()
    {
        var store = new OneCheckpoint(Signer.Sign(Origin, Note.Text));
        var (witness, line) = Cosigned(Note.Text);
        var options = new CheckpointOptions { Origin = Origin };
        options.Witnesses.Add(witness);
        var grain = new CheckpointGrain(store, Signer, Options.Create(options));

        var offered = await grain.Witness(7, 3, null);
        (offered.IsKept, offered.Consistency!.From, offered.Refusal).ShouldBe((false, 3, null));
        (await grain.Witness(7, 0, null)).Consistency.ShouldBeNull();
        (await grain.Witness(8, 0, null)).Refusal.ShouldBe(WitnessRefusal.Unknown);
        (await grain.Witness(7, 4, null)).Refusal.ShouldBe(WitnessRefusal.Unknown);
        foreach (var wrong in (string[])["", "— unknown AAAA", Cosigned(Note.Text + "x").Line, Signer.Sign(Origin, Note.Text)])
            (await grain.Witness(7, 0, wrong)).Refusal.ShouldBe(WitnessRefusal.NotACosignature, wrong);
        store.Kept.ShouldBeEmpty();

        (await grain.Witness(7, 0, line)).IsKept.ShouldBeTrue();
        store.Kept.ShouldBe([(7, "witness.example", line)]);
        // A decoder skips white space, but a note with such a line cannot be read any more.
        foreach (var between in (string[])["\n", "\t", "\r\n"])
            (await grain.Witness(7, 0, line.Insert(line.Length - 20, between))).IsKept.ShouldBeTrue();
        store.Kept.Distinct().ShouldBe([(7, "witness.example", line)]);
        (await grain.Keys()).ShouldBe([Signer.Key(Origin).ToString(), witness]);
    }

    [Fact]
    public void Options_take_verifier_keys_of_their_kind_only()
    {
        var options = new CheckpointOptions();
        options.Witnesses.Add(Signer.Key(Origin).ToString());
        options.FormerKeys.Add(Cosigned("x").Key);
        options.Validate(new(options)).SelectMany(fault => fault.MemberNames).ShouldBe(["FormerKeys", "Witnesses"]);
    }

    private static (string Key, string Line) Cosigned(string text)
    {
        var seed = new byte[32];
        var key = new byte[32];
        var signature = new byte[64];
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        var message = Encoding.UTF8.GetBytes($"cosignature/v1\ntime 1764194400\n{text}");
        Ed25519.Sign(seed, 0, message, 0, message.Length, signature, 0);
        var time = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(time, 1764194400);
        var witness = new VerifierKey("witness.example", VerifierKey.Cosigns, key);
        return (witness.ToString(), witness.Line([.. time, .. signature]));
    }

    private static string Base64(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed class OneCheckpoint(string note) : ICheckpointStore
    {
        public List<(long, string, string)> Kept { get; } = [];

        public Task<Checkpoint?> Latest(CancellationToken cancellationToken) => Find(7, cancellationToken);

        public Task<Checkpoint?> Find(long number, CancellationToken cancellationToken) => Task.FromResult(
            number == 7 ? new Checkpoint(7, Note.Statement.At, Note.Statement.Life, Note.Statement.Logs, note) : null);

        public Task<ConsistencyProof?> Consistency(long earlier, long later, CancellationToken cancellationToken) =>
            Task.FromResult(earlier == 3 ? new ConsistencyProof(3, later, [], []) : null);

        public Task<ImmutableArray<InclusionProof>> Inclusion(
            Checkpoint checkpoint, int partition, IReadOnlyList<long> positions, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task Cosign(long number, string witness, string line, CancellationToken cancellationToken)
        {
            Kept.Add((number, witness, line));
            return Task.CompletedTask;
        }
    }
}
