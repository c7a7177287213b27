using Scoring.Client;
using Scoring.Languages;

namespace Scoring.Notices;

/// <summary>The values of attributes.</summary>
public sealed class AttributeWordingTests
{
    [Theory]
    [InlineData("en", "1200", "km", "1,200 km")]
    [InlineData("zh-Hans", "3", "km/h", "3 公里/小时")]
    [InlineData("en", "1", "cent", "1 cent")]
    [InlineData("en", "-5", "cent", "−5 cents")]
    [InlineData("en", "4", "1", "4")]
    [InlineData("en", "4", "a later unit", "4 a later unit")]
    [InlineData("en", "true", "", "Yes")]
    [InlineData("zh-Hans", "false", "", "否")]
    [InlineData("en", "\"double-parking\"", "", "double parking")]
    public void A_value_is_written_with_its_unit(string tag, string value, string unit, string expected) =>
        new AttributeWording(new Texts(Language.Find(tag)!))
            .Of(TestNotices.Json(value), new AttributeDefinition("a", AttributeKind.Integer, true, unit, 0, 0, [], ""))
            .ShouldBe(expected);
}
