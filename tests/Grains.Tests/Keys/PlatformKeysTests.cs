using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Scoring.Testing;

namespace Scoring.Keys;

/// <summary>The stored hashes never change, so they are compared with the plain form of the standard.</summary>
public sealed class PlatformKeysTests
{
    private static readonly byte[][] Key = [.. Enumerable.Range(1, 4).Select(i => Enumerable.Repeat((byte)i, 32).ToArray())];
    private static readonly PlatformKeys Keys = new(Key[0], Key[1], Key[2], Key[3]);

    [Theory]
    [InlineData("a-handle-1234567")]
    [InlineData("")]
    [InlineData("ä€😀")]
    [InlineData("long")]
    public void Hashes_are_those_of_the_standard_over_length_prefixed_parts(string text)
    {
        if (text == "long") text = new string('é', 3000);
        var programme = TestProgrammes.Vehicles;
        for (var i = 0; i < 2; i++) // the second time, the key is prepared
        {
            Keys.HandleHash("source", programme, text).ShouldBe(HMACSHA256.HashData(Key[1], Joined("source", programme.Value, text)));
            Keys.GrantHash("service", text).ShouldBe(HMACSHA256.HashData(Key[2], Joined("service", text)));
            Keys.AuditCodeHash(text).ShouldBe(HMACSHA256.HashData(Key[2], Joined("audit code", text)));
            Keys.Locator(text, programme, 7).ShouldBe(HMACSHA256.HashData(Key[0], Joined(text, programme.Value, "7")));
            PlatformKeys.EventKey("source", text)
                .ShouldBe(new Guid(SHA256.HashData(Joined("source", text)).AsSpan(0, 16), bigEndian: true));
        }
    }

    [Fact]
    public void A_reference_is_the_hash_of_grant_and_window()
    {
        var grant = Keys.GrantHash("service", "token");
        byte[] input = [.. grant, 0, 0, 0, 0, 0, 0, 1, 2];
        Keys.Reference(grant, 258).ShouldBe(new Guid(HMACSHA256.HashData(Key[3], input).AsSpan(0, 16), bigEndian: true));
    }

    [Fact]
    public void Threads_do_not_mix_their_hashes() => Parallel.For(0, 20_000, i =>
    {
        var expected = HMACSHA256.HashData(Key[2], Joined("service", $"{i}"));
        Keys.GrantHash("service", $"{i}").ShouldBe(expected);
    });

    private static byte[] Joined(params string[] parts) => [.. parts.SelectMany(part =>
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        return length.Concat(bytes);
    })];
}
