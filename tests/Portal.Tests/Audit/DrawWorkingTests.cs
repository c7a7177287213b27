using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Scoring.Audit;

public sealed class DrawWorkingTests
{
    private const string Text = "log\n7\nroot\nat 2026-11-30T07:01:40Z\nlife x\npartition 0 256 a\npartition 1 0 b\npartition 2 512 c\n";
    private const string Note = Text + "\n— log abc\n";
    private const string Draw = "AAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public void A_candidate_leads_to_a_place_of_a_log_that_has_it()
    {
        var working = DrawWorking.Read(Draw, Note)!;
        working.Leaves.ShouldBe(768);
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes("scoring draw 1\n" + Draw + "\n" + Text));
        working.Seed.ShouldBe(Convert.ToHexStringLower(seed));
        for (var candidate = 0; candidate < 50; candidate++)
        {
            var hash = SHA256.HashData([.. seed, 0, 0, 0, 0, 0, 0, 0, (byte)candidate])[..16];
            var index = (long)(new BigInteger(hash, isUnsigned: true, isBigEndian: true) % 768);
            working.Step(candidate).ShouldBe(new DrawStep(
                Convert.ToHexStringLower(hash), index, index < 256 ? 0 : 2, index < 256 ? index + 1 : index - 255));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("log\n7\nroot\npartition 0 0 a\n\n— log abc\n")]
    [InlineData("log\n7\nroot\npartition 0 many a\n\n— log abc\n")]
    public void A_note_without_leaves_draws_nothing(string note) => DrawWorking.Read(Draw, note).ShouldBeNull();
}
