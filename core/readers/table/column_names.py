"""The names that tools give to a post's id, author, text and so on, as `rows.compact` writes them."""

from core.counts import COUNT_NAMES

_WORDS = """
text: fulltext rawcontent tweettext posttext commenttext replytext textoriginal textdisplay contenttext bodytext
    text body content tweet comment reply post message selftext caption 正文 评论内容 回复内容 推文内容 微博正文
    内容 评论 文本 推文
id: idstr tweetid tweetidstr statusid commentid replyid id postid messageid restid uri uuid cid rpid 评论id
    推文id 帖子id 编号
author: screenname userscreenname authorscreenname handle authorhandle userhandle username authorusername acct
    login uniqueid author user by commenter poster owner authorname 用户名 作者 用户 评论者 账号
name: displayname authordisplayname userdisplayname fullname authorfullname nickname nick authorname username
    author name 昵称 用户昵称 显示名 评论者昵称 作者昵称
time: createdat tweetcreatedat createdutc createdatutc createdtimestamp createtime createdtime timestamp
    publishedat published publishtime postedat postedtime posted datetime date created time ctime creationdate
    timeparsed timeago 发布时间 评论时间 创建时间 时间 日期
likes: likecount likescount likes favoritecount favouritescount favoritescount favorites favourites favcount
    favs hearts score points upvotes ups like attitudescount diggcount thumbsup numlikes nlikes reactioncount
    点赞数 点赞 赞 评论点赞数 喜欢数
replies: replycount repliescount replies commentcount commentscount comments numcomments numreplies nreplies
    totalreplycount rcount 回复数 评论数
views: viewcount viewscount views impressioncount impressions playcount numviews reads 浏览量 阅读量 播放量
    阅读数 浏览数
reposts: retweetcount retweetscount retweets repostcount repostscount reposts reblogscount sharecount
    sharescount shares numretweets nretweets boosts 转发数 转发 转推数
parent: inreplytostatusidstr inreplytostatusid inreplytotweetidstr inreplytotweetid inreplytoid inreplyto
    replyingtostatus replyingtoid replyingtotweetid parentid parentcommentid parenttweetid parentpostid parent
    replytoid replytotweetid replytostatusid replytocommentid replyto replyid relatedtweetid parenturi
    referencedtweetsrepliedtoid 父评论id 上级评论id 父id 回复id
root: conversationidstr conversationid rootid rootidstr roottweetid rootpostid linkid submissionid storyid
    sourcetweetid originaltweetid threadid topicid discussionid videoid articleid postid statusid tweetid noteid
    awemeid 会话id
url: tweeturl posturl statusurl commenturl permalink permanenturl htmlurl url link tweetlink postlink href 链接
    评论链接 推文链接
lang: lang language langcode 语言
"""


def _named() -> dict[str, tuple[str, ...]]:
    """Field -> names, the most telling first."""
    fields: dict[str, list[str]] = {}
    for word in _WORDS.split():
        if word.endswith(":"):
            fields[word[:-1]] = []
        else:
            fields[next(reversed(fields))].append(word)
    return {field: tuple(names) for field, names in fields.items()}


NAMES = {name: (name,) for name in COUNT_NAMES} | _named()
"""Field -> names, the most telling first."""
WEAK = frozenset(("comment", "reply", "post", "message", "caption", "tweet", "评论", "推文"))
"""Names of a text that many other lists have too."""
STRONG_ROOTS = NAMES["root"].index("threadid")
"""Names of a root, from the first on, that are believed though every row has another one."""
PEOPLE = frozenset(
    ("author", "user", "account", "creator", "owner", "member", "from", "poster", "profile", "commenter", "core")
)
"""Objects whose name is the author's."""
AROUND = frozenset(
    (
        *("metrics", "publicmetrics", "stats", "statistics", "counts", "engagement", "legacy", "snippet", "data"),
        *("attributes", "record", "content", "comment", "tweet", "post", "node", "properties", "item", "meta"),
        "toplevelcomment",
    )
)
"""Objects around the fields of a post."""
ANSWERS = frozenset(
    (
        *("replies", "children", "comments", "answers", "threadreplies", "responses", "subcomments", "subreplies"),
        *("replylist", "nestedreplies", "commentreplies", "childcomments", "replycomments", "回复", "子评论"),
    )
)
"""Lists of the answers to a post."""
