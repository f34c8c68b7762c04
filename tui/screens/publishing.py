"""Publishing: preview, writing the skeleton, the outline, and the closing quote."""

from textual.binding import Binding

from core.article.outline import Article, outline
from core.errors import FileChanged, PullquoteError
from core.library import threads
from core.settings.locations import path_of
from tui.keyboard.order import flow
from tui.screens.dialogs.dialog import YesOrNo
from tui.screens.dialogs.write import WriteDialog, WriteWish
from tui.screens.outline import OutlineScreen
from tui.screens.workbench import Workbench


class Publishing(Workbench):
    """The article: outline, preview, file."""

    BINDINGS = [
        Binding("P", "preview", "Preview", id="preview", tooltip="The article as it stands, rendered"),
        Binding("W", "write", "Write", id="write", tooltip="Write the article skeleton to a file"),
        Binding("g o", "outline", "Outline", show=False, id="outline", tooltip="Order sections and quotes"),
        Binding("g c", "closing", "Closing quote", show=False, id="closing", tooltip="Make it the one last quote"),
    ]

    def rendered(self, template: str) -> tuple[Article, str]:
        """The article, and its text. Raises ExportError."""
        from exports import ExportSettings, render_article

        article = outline(self.library, self.thread.id, self.settings.language)
        wanted = ExportSettings.from_settings(self.settings)
        return article, render_article(self.settings.format, article, wanted, template)

    @flow
    async def action_preview(self) -> None:
        """Show the article; W from there writes it."""
        from tui.screens.preview import Preview

        try:
            _, text = self.rendered(self.settings.template)
        except PullquoteError as error:
            self.say(str(error))
            return
        if await self.app.push_screen_wait(Preview(text)):
            self.action_write()

    @flow
    async def action_write(self) -> None:
        """Ask for title, file and template, and write; an edited file only after asking."""
        title, _ = threads.article_title_and_closing(self.library, self.thread.id)
        try:
            folder = path_of(self.settings.export_dir).absolute()
        except PullquoteError as error:
            self.say(str(error))
            return
        path = folder / f"{_safe(self.thread.root_id)}.md"
        wish = await self.app.push_screen_wait(WriteDialog(title, str(path), self.settings.template))
        if wish is None:
            return
        if wish.title.strip() != title:
            self.attempt(lambda: self.desk.set_article(title=wish.title))
        try:
            await self._write(wish)
        except PullquoteError as error:
            self.say(str(error))

    async def _write(self, wish: WriteWish) -> None:
        """Write the file, after asking where somebody else has changed it."""
        from exports.writing import write_article_file

        path = path_of(wish.path).absolute()
        article, text = self.rendered(wish.template)
        expected = threads.last_export(self.library, str(path))
        try:
            digest = write_article_file(path, text, expected=expected)
        except FileChanged as error:
            if not await self.app.push_screen_wait(YesOrNo(str(error), "overwrite it", "leave it as it is")):
                self.say("Nothing was written; the file is as it was.")
                return
            digest = write_article_file(path, text, expected=expected, force=True)
        threads.keep_export(self.library, self.thread.id, str(path), digest)
        held = f" · {len(article.held_back)} held back (see the end of the file)" if article.held_back else ""
        doubts = (
            f" · {len(article.doubts)} no longer stand as captured: filter is:starred -recheck:live -recheck:?"
            if article.doubts
            else ""
        )
        self.say(f"{article.size} written to {path}{held}{doubts}")

    @flow
    async def action_outline(self) -> None:
        """Order sections and quotes; Enter goes to a quote."""
        chosen = await self.app.push_screen_wait(OutlineScreen(self.desk))
        self.table.forget_all()
        self.show_change(frozenset(), "")
        if chosen is not None and not self.table.go_to_post(chosen):
            self.say("The view's filter hides that quote; F clears the filter.")

    def action_closing(self) -> None:
        """Make the post under the cursor the one last quote, or take that back."""
        seq = self.table.seq
        if seq is None:
            self.say("There is no post here.")
            return
        _, closing = threads.article_title_and_closing(self.library, self.thread.id)
        if closing == seq:
            self.attempt(lambda: self.desk.set_article(no_closing=True))
            self.say("The article has no closing quote now.")
        else:
            self.attempt(lambda: self.desk.set_article(closing=seq))
            self.say("This is the closing quote now.")


def _safe(name: str) -> str:
    """A thread's id as a file's name."""
    return "".join(char if char.isalnum() and char.isascii() else "-" for char in name)[:80] or "article"
