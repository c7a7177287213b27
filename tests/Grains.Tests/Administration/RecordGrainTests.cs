using Scoring.Programmes;

namespace Scoring.Administration;

public sealed class RecordGrainTests
{
    [Fact]
    public async Task A_record_is_read_in_pages_and_includes_acts_that_concern_every_programme()
    {
        await using var city = await AdminCity.Start();
        for (var n = 1; n <= 7; n++) await Add(city, n % 3 == 0 ? AdminCity.Quiet : n % 3 == 1 ? AdminCity.Calm : null);
        var record = city.Grains.GetGrain<IRecordGrain>(0);
        var first = (await record.Read(AdminCity.Calm, 0, 2))!;
        first.Acts.Select(act => act.Number).ShouldBe([1, 2]);
        first.After.ShouldBe(2);
        var second = (await record.Read(AdminCity.Calm, first.After!.Value, 3))!;
        second.Acts.Select(act => act.Number).ShouldBe([4, 5, 7]);
        second.After.ShouldBeNull();
        (await record.Read(AdminCity.Calm, 7, 3))!.Acts.ShouldBeEmpty();
        (await record.Read(AdminCity.Calm, -5, 0))!.Acts.Length.ShouldBe(1, "at least one");
    }

    [Fact]
    public async Task A_page_has_five_hundred_acts_at_most()
    {
        await using var city = await AdminCity.Start();
        for (var n = 1; n <= 501; n++) await Add(city, AdminCity.Calm);
        var page = (await city.Grains.GetGrain<IRecordGrain>(0).Read(AdminCity.Calm, 0, 10_000))!;
        (page.Acts.Length, page.After).ShouldBe((500, 500L));
    }

    [Fact]
    public async Task A_programme_that_was_never_published_has_no_record()
    {
        await using var city = await AdminCity.Start();
        await city.Programme(AdminCity.Quiet).Draft(AdminCity.Author, SampleDrafts.OfNew(AdminCity.Quiet), true);
        (await city.Grains.GetGrain<IRecordGrain>(0).Read(AdminCity.Quiet, 0, 10)).ShouldBeNull();
        (await city.Grains.GetGrain<IRecordGrain>(0).Read(default, 0, 10)).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(255, 0)]
    [InlineData(256, 256)]
    [InlineData(511, 256)]
    [InlineData(598, 512)]
    [InlineData(long.MaxValue, long.MaxValue - 255)]
    public void A_public_position_is_rounded_down_to_a_multiple_of_256(long exact, long shown) =>
        PublicPositions.RoundDown(exact).ShouldBe(shown);

    [Fact]
    public async Task A_record_shows_no_exact_position()
    {
        await using var city = await AdminCity.Start();
        for (var n = 1; n <= 300; n++) await Add(city, AdminCity.Calm);
        var exact = (await ((IProgrammeStore)city.Store).ReadRecord(AdminCity.Calm, 0, 300, default)).Select(act => act.Position).ToArray();
        exact[^1].ShouldBe(300);
        var acts = (await city.Grains.GetGrain<IRecordGrain>(0).Read(AdminCity.Calm, 0, 300))!.Acts;
        acts.Select(act => act.Position).ShouldBe(exact.Select(position => position < 256 ? 0L : 256L));
    }

    private static Task Add(AdminCity city, ProgrammeId? programme) => ((IProgrammeStore)city.Store).Record(
        new NewAdminAction(Guid.NewGuid(), AdminActions.Simulated, programme, "admin", city.Clock.GetUtcNow(), null, ["Words."], null),
        default);

    /// <summary>
    /// Keys that another implementation computed: the first half of SHA-256 over each part in UTF-8 after its length in four bytes.
    /// </summary>
    [Fact]
    public void The_key_of_an_act_is_a_fixed_function_of_its_parts()
    {
        AdminActionKey.Of("published", "safe-driver", "straße").ShouldBe(Guid.Parse("a7543cea-17a4-d1cb-e7ae-41440a23b98b"));
        AdminActionKey.Of("publishe", "dsafe-driver", "straße").ShouldBe(Guid.Parse("050998db-f1d1-a161-edfa-d888f9005b4b"));
    }
}
