namespace Scoring.Intake;

public sealed class TextBuffersTests
{
    private const string Secret = "q7Jw0yF3t5Zk1xLm";

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(2048)]
    public void Each_buffer_holds_as_many_characters_as_a_text_may_have(int charsMax)
    {
        using var buffers = new TextBuffers(charsMax);
        buffers.Name.Fill('n');
        buffers.Value.Fill('v');
        (buffers.Name.Length, buffers.Value.Length).ShouldBe((charsMax, charsMax));
        buffers.Name.ContainsAnyExcept('n').ShouldBeFalse();
    }

    [Fact]
    public void Returned_memory_holds_no_text()
    {
        var buffers = new TextBuffers(64);
        var name = buffers.Name;
        var value = buffers.Value;
        Secret.CopyTo(name);
        Secret.CopyTo(value);
        buffers.Dispose();
        (name[..Secret.Length].SequenceEqual(Secret) || value[..Secret.Length].SequenceEqual(Secret)).ShouldBeFalse();
    }
}
