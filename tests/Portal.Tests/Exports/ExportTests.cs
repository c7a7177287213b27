using System.IO.Compression;
using Scoring.Hosting;

namespace Scoring.Exports;

/// <summary>Taking everything along.</summary>
public sealed class ExportTests(SharedPortal portal) : PortalTest(portal)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_archive_comes_as_a_whole(bool hasScript)
    {
        var sample = await Portal.Sample;
        var visitor = await Visit(new VisitorSettings(HasScript: hasScript));
        await visitor.SignIn(SampleSubject.Person, sample.Path + "/export");
        var download = await visitor.Page.RunAndWaitForDownloadAsync(
            () => visitor.Page.Locator("main form[method=post] button[type=submit]").ClickAsync());
        download.SuggestedFilename.ShouldEndWith(".zip");
        await using var file = await download.CreateReadStreamAsync();
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        await using var archive = new ZipArchive(bytes);
        archive.Entries.Select(entry => entry.FullName).ShouldContain("manifest.jws");
        archive.Entries.Count.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task An_archive_is_of_ones_own_subject_and_needs_the_pages_form()
    {
        var sample = await Portal.Sample;
        var own = VisitByHttp();
        var foreign = VisitByHttp();
        await own.SignIn(SampleSubject.Person);
        (await own.Send(sample.Path + "/export/archive", Portal.Address.OriginalString)).Status
            .ShouldBe(System.Net.HttpStatusCode.BadRequest);
        await foreign.SignIn("participant-3");
        var token = (await foreign.Open("/my")).Field("__form");
        (await foreign.Send(sample.Path + "/export/archive", Portal.Address.OriginalString, ("__form", token)))
            .Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }
}
