using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Scoring.Handles;
using Scoring.Programmes;
using Scoring.Testing;

namespace Scoring.Enrolments;

/// <summary>Changes the key of a source's handle proofs: the next one is registered next to the former, which is taken out later.</summary>
public sealed class SourceKeyTests
{
    private readonly CurrentRuleBook _book = new(Options.Create(new RuleBookOptions()), TimeProvider.System);
    private readonly ProgrammeClock _clock = new(TimeProvider.System);

    [Fact]
    public async Task Proofs_of_each_registered_key_hold_and_those_of_others_no_longer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var former = TestProgrammes.PublicKey();
        var next = TestProgrammes.PublicKey(key, "source-2");
        var catalogue = new CurrentCatalogue(_book, _clock);
        var verifier = new HandleProofVerifier(
            catalogue, TimeProvider.System, Options.Create(new ParticipantOptions()), NullLogger<HandleProofVerifier>.Instance);

        Register(former);
        (await Hold()).ShouldBe((true, false));
        Register(former, next);
        (await Hold()).ShouldBe((true, true));
        Register(next);
        (await Hold()).ShouldBe((false, true));

        async Task<(bool Former, bool Next)> Hold() => (
            await Holds(TestProgrammes.Proof(EnrolmentCalls.Payload())),
            await Holds(TestProgrammes.Proof(EnrolmentCalls.Payload(), "source-2", key: key)));

        async Task<bool> Holds(string proof) =>
            await verifier.Verify([proof], EnrolmentCalls.Anna, catalogue.Find(TestProgrammes.Vehicles)!) is not null;
    }

    private void Register(params string[] keys)
    {
        var documents = TestProgrammes.Documents;
        documents = documents with
        {
            Sources = [documents.Sources[0] with { Keys = [.. keys] }, .. documents.Sources.Skip(1)],
        };
        _book.Renew(documents.Compile(), documents.Publish(_clock.Now));
    }
}
