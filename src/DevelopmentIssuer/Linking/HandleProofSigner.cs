using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Scoring.Hosting;

namespace Scoring.Linking;

/// <summary>Signs handle proofs as the made-up sources do.</summary>
internal sealed class HandleProofSigner(IssuerSetup setup, TimeProvider time)
{
    /// <summary>How long a proof is valid. The platform accepts at most ten minutes.</summary>
    public static readonly TimeSpan ProofLife = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Proves that a thing's handle belongs to the request's subject. A thing has one handle in a programme, which does not change.
    /// </summary>
    public string Sign(LinkingSource source, LinkableThing thing, LinkRequest request)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = source.Id,
            Audience = request.Audience,
            IssuedAt = now,
            Expires = now + ProofLife,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = request.Subject, ["programme"] = request.Programme,
                ["handle"] = MadeUpThings.Handle(setup.Names, source.Id, request.Programme, thing.Id),
            },
            SigningCredentials = source.Key.Credentials,
        });
    }
}
