using Microsoft.IdentityModel.Tokens;
using Scoring.Hosting;

namespace Scoring.Receipts;

public sealed class ReceiptKeyTests
{
    [Fact]
    public async Task Anyone_reads_the_keys_of_receipts_as_a_key_set()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Get("/v1/receipts/keys");
        answer.Status.ShouldBe(200, gateway.Log.Text);
        new JsonWebKeySet(answer.Text).Keys.Select(key => (key.Kid, key.Kty, key.Crv, key.X, key.Y, key.Use, key.Alg)).ShouldBe(
            [("now", "EC", "P-256", "xx", "yy", "sig", "ES256"), ("before", "EC", "P-256", "xx", "yy", "sig", "ES256")]);
    }
}
