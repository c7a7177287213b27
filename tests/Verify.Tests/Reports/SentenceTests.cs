namespace Scoring.Verify.Reports;

/// <summary>Sentences keep their values apart, so that another language can say them.</summary>
public sealed class SentenceTests
{
    [Fact]
    public void An_interpolated_text_keeps_its_values_apart()
    {
        var turn = 7;
        var day = new DateOnly(2026, 3, 1);
        Sentence sentence = Of($"Turn {turn} of " + $"{day:O}.");
        sentence.Text.ShouldBe("Turn {0} of {1}.");
        sentence.Values.ShouldBe(["7", "2026-03-01"]);
        sentence.ToString().ShouldBe("Turn 7 of 2026-03-01.");
    }

    [Fact]
    public void A_value_is_never_read_as_a_place()
    {
        var name = "{0} {9} {";
        Of($"{name} is in the archive and not in its signed list.").In(SentenceWords.Of("zh-Hans"))
            .ShouldBe("{0} {9} { 在存档中，却不在签名的清单中。");
        ((Sentence)"{9} {").ToString().ShouldBe("{9} {");
    }

    [Fact]
    public void A_language_that_is_unknown_or_lacks_a_sentence_is_answered_in_English()
    {
        SentenceWords.Of("xx").ShouldBe(SentenceWords.English);
        SentenceWords.Of(null).ShouldBe(SentenceWords.English);
        Of($"There is no such sentence as {1}.").In(SentenceWords.Of("zh-Hans")).ShouldBe("There is no such sentence as 1.");
    }

    private static Sentence Of(Sentence sentence) => sentence;
}
